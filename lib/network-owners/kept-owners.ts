// Owners kept by hand, where words and space say nothing or the wrong thing: with why, and how each was found. Names are as the
// database has them, in small letters and without accents, from their beginning; numbers where the name is shared.
// Source: read by hand, 22 November 2026, of @ip-location-db/asn 2.3.2026061719: of the owners judged companies the 260 with most
// addresses and the 330 with most ranges; every owner in test/fixtures/hits; and well-known companies the rule had lost.
import type { OwnerKind } from './owner.ts';

interface Kept {
  kind: OwnerKind;
  why: string;
  names: string;
  numbers?: readonly number[];
}

const kept: readonly Kept[] = [
  {
    kind: 'hoster',
    why: 'Rents out machines, or stands before those of others: whoever visits from there is a program or behind a program.',
    names: `
      abitcool|aceville|afilias|akamai|alibaba|amazon|aruba s p a|atos|beijing guanghuan|beijing volcano|bunny|byteplus
      |cachefly|cheetahmail|claranet|cloudflare|code asset|cologix|contabo|coresite|ctrls|daou technology|digitalocean
      |dns oarc|dxc|edge technology plus|edgecenter|edgenext|elisteka|enzu|eonix|epic hosting|equinix|evoxt|fastly
      |flexential|g core|gabia|godaddy|google llc|h4y|hangzhou alibaba|heart internet|hetzner|hivelocity|huawei|hut 8|hyonix
      |ibm cloud|imperva|incapsula|industrial media network|internap|internet systems consortium|involta|iomart|ionos
      |kamatera|karolio|kinx|krypt|kyberio|kyndryl|latisys|leaseweb|limelight|linode|locaweb|luogelang|lyicore|macstadium
      |microsoft|mod mission critical|mongodb inc|multacom|netactuate|network solutions|newfold|nexeon|nocix|ntirety|oclayer
      |oracle corporation|ovh|owgels|packet clearing house|packethub|peg tech|performive|plusserver|power line hk|psychz
      |quadranet|quality technology services|rackdog|rackspace|radware|redcentric|scaleway|selectel|serverius|servetheworld
      |shanghai blue cloud|sharktech|shenzhen tencent|simoresta|smileserv|sofcompany|sparkpost|stackpath|stacks inc
      |strato ag|strong technology|sunnyvision|switch ltd|t systems|tencent|the constant company|tierpoint|uk 2 limited
      |unified layer|unisys|unitas global|vercara|voxility|worldstream|wowrack|your org|zenlayer|zhilian`,
  },
  {
    kind: 'hoster',
    why: 'Search engines, archives and social networks: their crawlers and previews visit from the addresses of their people.',
    names: `
      ahrefs|baidu|beijing baidu|bytedance|censys|exabytes|facebook|internet archive|kakao|linkedin|llc vk|naver
      |oath holdings|pinterest|semrush|seznam|tiktok|twitter|vkontakte|yahoo|yandex`,
  },
  {
    kind: 'vpn',
    why: 'Its customers of many companies, or nobody in particular, come out of its addresses.',
    names: `
      31173|blazing seo|cato networks|cisco opendns|cisco systems ironport|datacamp|forcepoint|iboss|iproyal|m247
      |menlo security|mullvad|netskope|opera software|oxylabs|proton ag|sprious|virtualshield|zscaler`,
  },
  {
    kind: 'provider',
    why: 'Sells access to the internet, to homes, phones or offices, under a name that does not say so.',
    names: `
      1 1 versatel|3s inf|a1|airtel|alestra|algar|aljeel|altibox|altice|angelnet|apnic|arelion|arin|asahi net|at t
      |atria convergence|axtel|batelco|bcnet|beihai|bell canada|beyon|bezeq|bharti|biglobe|blue stream|bol bg|bouygues
      |breezeline|brisanet|bristol tennessee|bt|cablevision|celcom|cell c|cellcom|charter communications|china mobile
      |china networks|china telecom|china tietong|china unicom|chinanet|cipherkey|city of tacoma|claro|cogeco|cogent|comcast
      |comcel|comporium|cooolbox|cox communications|cs loxinfo|deutsche telekom|digi romania|digi spain|digi tavkozlesi
      |digicel|dimension data|dish network|dlive|dna oyj|eastlink|econet|elisa eesti|elisa oyj|entel|epb|er telecom
      |etihad etisalat|ewe tel|fastweb|finemedia|free mobile|free sas|freebit|frontier communications|fuzhou|gijima|gnet inc
      |gonet|green ch|gtt|hathway|hcn|hgc|hi3g|hkbn|hughes communications|hughes network|hulum almustakbal|hutchison
      |idt corporation|iinet|information technology company|inteliquent|internet solutions|jcom|jinan 250000|jinhua
      |jsc comcor|kctv|kddi|knoxville utilities|korea data|korea telecom|kpn|kt|kt hcn|kx nexg|kyivstar|lacnic|larus|level 3
      |lg dacom|lg hellovision|lg powercomm|liberty global|lyse|m net|m1 limited|macquarie technology|maxis|mediacom
      |megacable|meo|mobin net|mtn|myrepublic|netcologne|netuse|nexg|nextel|nexthop as|ningbo zhejiang|no 207|nos
      |nova telecommunications|nss s a|ntt|nuuday|nuvera|o2|odido|one hungary|one new zealand|oneott|ooredoo|optage|optus
      |orange belgium|orange burkina|orange business|orange cameroun|orange cote|orange espagne|orange madagascar
      |orange moldova|orange polska|orange romania|orange s a|orange slovensko|orange tunisie|ote|oxio|p4
      |partner communications|parvaresh|pccw|pishgaman|pjsc megafon|pjsc rostelecom|pjsc vimpelcom|polkomtel
      |private joint stock company datagroup|private joint stock company farlep|proximus|pt cyberindo|pt maxindo
      |pt parsaoran|pt xl|qingdao 266000|quadrant televentures|quanzhou|rcn|reliance|ripe network|rogers communications
      |safaricom|seacom|sefroyek|sercomtel|servpac|sfr|shaw communications|shaw fiber|sia bite|sia tet|sify|sinal a s
      |singtel|sk broadband|sk co|sk telecom|smart axiata|sky uk|so net|societatea mixta|societe francaise du radiotelephone|softbank
      |sony network|space exploration|spark new zealand|starhub|starlink|stc bahrain|sunrise gmbh|superonline|swisscom
      |t mobile|talktalk|tata communications|tata play|tata teleservices|tdc|tds|tele2|telefonica|telenet|telenor|telia
      |telmex|teloise|telstra|telus|tianjij 300000|tietoevry norway|tim s|tiscali|tm technology|tot public|tpg internet
      |triple t|trooli|true internet|tt dotcom|turkcell|turksat|two degrees|uab bite|uab mezon|upc|v tal|vectra|verizon
      |viasat|videotron|virgin media|vitro inc|vivacom|vocus|vodacom|vodafone|voo|wave broadband|wholesail|wideopenwest
      |wilhelm tel|wind tre|windstream|xplore|zain|zayo|zhejiang`,
  },
  {
    kind: 'education',
    why: 'Connects universities and schools, whose students live in its networks.',
    names: `
      arnes|ask4|australian academic|belnet|cegep|cenic|cernet|cesnet|cnic cas|consortium garr|cooper union|csc tieteen
      |eastern suffolk boces|geant|gesellschaft fuer wissenschaftliche|glide student|heanet|iucc|jisc|keris|kifu|mcnc
      |merit network|national infrastructures for research|nysernet|oarnet|onenet|princeton|renater
      |research organization of information|reseau d informations scientifiques|sikt|surf b v|taiwan academic
      |tenet the uninet project|utah education|verein zur foerderung eines deutschen|vetenskapsradet|wide project|wiscnet
      |zdruzenie pouzivatelov`,
    // SWITCH, as one of many names that begin so.
    numbers: [559],
  },
  {
    kind: 'company',
    why: 'Has much space, or a registry’s share for providers, and only its own people in it.',
    names: `
      abbvie|american express|assurant|copart|crowdstrike|dollar tree|emerson electric|exelon|factset|garmin|gilead|the goldman sachs
      |interactive brokers|invesco|jack henry|kimberly clark|the kroger|lowe s companies|mastercard|nike inc|palantir|pepsico
      |phillips 66|quest diagnostics|s p global|servicenow|stripe inc|synopsys|take two interactive|te connectivity|tractor supply
      |ubs group|western digital|zebra technologies
      |3m company|a p moller|accenture|adobe|advanced micro devices|airbnb|airbus|american honda|apple inc|arista networks
      |arm ltd|asahi kasei|asml|astrazeneca|avago|basf|bayer|bloomberg|bmw ag|bmw of|booking com|booz allen|bosch|canon
      |caterpillar|ciena|cisco systems|commonwealth of|compagnie ibm|continental ag|daimler|danisco|danone|dassault|deere
      |dell inc|deloitte|eastman kodak|ebay|electricite de france|electronic arts|eli lilly|epson|equinor|ericsson
      |ernst young|extreme networks|exxon mobil|exxonmobil|f5 inc|fedex|ford motor|fortinet inc|fortinet sarl|fujifilm
      |ge vernova|general electric|general motors|georgia technology authority|glaxosmithkline|government of|h m hennes
      |heineken|henkel|hewlett packard|hitachi ltd|honda|honeywell|hp inc|huawei technologies|hulu|ibm|ikea|infineon
      |intel corporation|international business machines|johnson johnson|juniper networks|keysight|kodak|koninklijke philips
      |kpmg|l3harris|land data|lego system|leidos|lockheed|lufthansa|maersk|mckinsey|mercedes benz|merck and co|merck kgaa
      |michelin|michigan state government|micron technology|mitsubishi|motorola inc|motorola solutions|nbcuniversal
      |ncr corporation|nestle|netflix|nissan|nokia|nokian renkaat|norsk hydro|northrop|novartis|novo nordisk|nvidia
      |palo alto networks|paypal|pfizer|philips|pricewaterhousecoopers|procter|province of|qualcomm|raytheon|ricoh
      |robert bosch|roche|saic|salesforce|samsung electronics|sanofi|sap america|sap se|sas institute|scania|schlumberger
      |shared services canada|shell information|siemens|skf|sony europe|sony interactive|state of|state street|tesla
      |texas department of information|texas instruments|thales|the mitre|the procter|thyssenkrupp|tiffany|totalenergies
      |toyota|uber freight|uber india|uber international|uber singapore|uber technologies|ubs ag|unilever|union pacific
      |united parcel|united states postal|universal music|volkswagen|volvo|wal mart|walmart|wirtschaftskammer|xerox
      |zf friedrichshafen`,
  },
];

const byNumber: ReadonlyMap<number, OwnerKind> = new Map(
  kept.flatMap(({ kind, numbers = [] }) => numbers.map((number): [number, OwnerKind] => [number, kind])),
);

/** Beginnings of names by their first word, the longest first. */
const byFirstWord = Map.groupBy(
  kept
    .flatMap(({ kind, names }) => names.split('|').map((name) => ({ beginning: ` ${name.trim()} `, kind })))
    .sort((a, b) => b.beginning.length - a.beginning.length),
  ({ beginning }) => beginning.split(' ')[1],
);

/** All beginnings of names, ` at t `. */
export const keptBeginnings = (): string[] => [...byFirstWord.values()].flat().map(({ beginning }) => beginning);

/** What is kept of an owner. `text` is its name in words, as ` at t enterprises llc `. */
export const keptKindOf = (asn: number, text: string): OwnerKind | undefined =>
  byNumber.get(asn) ?? byFirstWord.get(text.split(' ')[1])?.find(({ beginning }) => text.startsWith(beginning))?.kind;
