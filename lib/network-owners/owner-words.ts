// Words in the names of network owners that tell what they sell, in the languages names of networks are registered in. Accents are
// taken off before they are looked up. Found by reading the 420 words most frequent in 91,065 names, and the names of the 600 who
// announce most.

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Sell a place to hide behind. */
export const vpnWords = set('vpn vpns proxy proxies anonymous anonymizer tor');

/** Rent out machines: who visits from there is a program, or anybody's. */
export const hosterWords = set(`
  hosting hosted hoster hosters host hosts webhost webhosting hostmaster server servers servidores serveur serveurs vps vds
  dedicated colo colocation collocation datacenter datacenters datacentre datacentres dc idc cloud clouds nube nuvem cdn iaas paas
  domain domains registrar ddos anycast baremetal rack racks racknation infrastructure edge proxmox webservices`);

/** Sell access to the internet, by cable, air or wire, or carry it for those who do. */
export const providerWords = set(`
  telecom telecoms telco telcos telkom telekom telecommunications telecommunication telephone telefon telefonica telegraph tel tele
  internet isp broadband banda larga ftth gpon fiber fibre fibra fibras fiberoptic optic optical wireless wifi wisp wimax lte gsm
  catv kabel dsl adsl vdsl cellular celular mobiles satellite satelit satelital vsat provider providers provedor provedores proveedor
  carrier backbone transit peering ix ixp interconnect nic registry broadcast iletisim komunikasyon haberlesme informatikai
  hotspot bandwidth lan wan voip sip dialup telematica telematics telematik telesystems subscriber subscribers 5g 4g nap
  television televisao televizyon multimidia infocom telecomunicaciones telecomunicacoes telecomunicazioni`);

/** Say the same, but stand in other names too: a word of `companyWords` outweighs them. */
export const weakProviderWords = set(`
  network networks networking net nets net's redes rede red reseau reseaux netz netzwerk netwerk online line link links enlace connect
  connection connections connectivity conecta conect conexao conexoes access acesso acceso media multimedia communications
  communication comunicacoes comunicacao comunicaciones comunicacion comunicazioni kommunikation komunikasi mobile mobil cable cables
  web webs tv speed surf wave digital radio airwaves cyber comm comms info infotech tecnologia informatica bilisim
  virtual wired zone nodes node datacom intercom rural valley vision solusi nusantara lintas teknologi jaringan integrasi
  sarana bilgisayar dadeh dadeha ertebatat ertebat fanavaran fanavari pardaz svyaz sviaz svyazi sviazi kloud hk hongkong
  serv servis seti ipv4 mts ttnet cablelynx`);

/** Teach: their pupils browse from there, and live there. */
export const educationWords = set(`
  university universities universitaet universitat universite universites universita universidad universidade universitas universiti
  universiteit universitet universitetet universitesi universitatea univerzita univerzitet uniwersytet uniwersytetu yliopisto
  egyetem college colleges school schools schulen schule hochschule fachhochschule academic academia akademia akademie polytechnic
  politechnika politecnico politecnica politeknik polytechnique campus education educational educacion educacao educative edu
  enseignement ensino escola escuela colegio facultad faculty faculdade faculdades student students studenten studentenwerk k12
  lycee sekolah institute instituto institut institutes nren pesquisa kampus academy dormitory dormitories kunskapssektorens
  forschungsnetz forschungsnetzes ecole ecoles scuola`);

/** One person's business: to have an AS number it nearly always sells access or servers. */
export const individualWords = set('eireli epp me mei fop pe ie sole proprietor');
export const individualPhrases = [
  ' trading as ',
  ' private entrepreneur ',
  ' private enterprise ',
  ' individual entrepreneur ',
];

/** Two words that say what one of `hosterWords` or `providerWords` does. */
export const hosterPhrases = [' data center ', ' data centers ', ' data centre ', ' data centres '];
export const providerPhrases = [' broad band ', ' reserved as '];

/** Serve a town, many of them with the internet too: a provider's share of addresses makes them a provider. */
export const townWords = set(
  'utilities utility power electric electricity water city town village municipal cooperative',
);

/** Say that they do something else for a living. */
export const companyWords = set(`
  bank banks bankasi banka banko bancorp bankers banco banca banque banken sparkasse raiffeisen bankshares insurance assurance assurances
  versicherung versicherungen versicherungs seguros sigorta assicurazioni reinsurance mutual hospital hospitals hopital clinic clinics klinik kliniken
  klinikum health healthcare healthineers medical medicine medicines krankenhaus ziekenhuis spital szpital hastanesi nemocnice pharma pharmaceutical pharmaceuticals pharmacy biotech
  bioscience biosciences therapeutics dental energy energia energie oil gas petroleum petroleo petrol petrochemical nuclear power electricity
  steel metals mining cement motor motors automotive automobile auto airlines airline airways airport airports aviation aerospace
  aircraft railway railways railroad bahn transport transportation logistics logistica shipping maritime ports freight cruise foods food
  beverage beverages brewing dairy retail stores supermarkets supermarket wholesale furniture fashion apparel cosmetics capital securities financial
  finance finances credit investment investments asset brokerage stock exchange bourse clearing payments payment law legal
  attorneys advocates solicitors notaries accountants consulting consultants advisors engineering manufacturing industries industrial
  chemical chemicals semiconductor semiconductors electronics instruments robotics construction builders architects realty properties estate
  paper packaging plastics textile textiles glass rubber tire tires hotel hotels resort resorts casino casinos restaurants pictures studios publishing publishers newspaper
  newspapers times press government gouvernement gobierno ministry ministere ministerio ministerium ministerie county city town village
  township borough council department departement police sheriff court courts justice tribunal parliament senate treasury customs
  authority commission federal municipal municipality prefeitura foundation church diocese museum library libraries water waterworks
  sewer utilities defense defence military army navy tobacco sanayi farma laboratories laboratory labs`);

/** What stands within or at the end of a longer word, as in `Novotelecom` or `LeaseWeb`. */
export const hosterParts =
  /^cdn|webserv|(?:(?<!ec)host(?!el|ess|ile|al|eria)|server|servers|datacent|cloud|vps|webhost)|.{3}(?:web|webs|hosting|colo|rack)$/;
export const providerParts =
  /telecom|telekom|telkom|telcom|telecomun|telefon|telephon|telemat|telemedia|broadband|wireless|fib(?:er|re|ra)(?!glass|web|tex)|internet|satellite|komunikas|provedor|.{2}(?:wifi|isp|dsl|catv|fone|phone|cablevision|fibra)$/;
/** Ends of words of six letters or more. */
export const weakProviderParts =
  /(?:net|nett|netz|nets|networks?|link|links|linx|tel|com|kom|online|wave|connect|cable|kabel|speed|tv)$/;
/** Words that end so and sell no access. */
export const notProviderParts = set(`
  planet magnet cabinet kabinet garnet bonnet hornet cornet sonnet basinet internet hotel motel intel mattel bechtel martel cartel
  pastel chattel hostel alcatel broadcom viacom wacom qualcom dotcom telcom shockwave microwave heatwave renewables carnet bayernet brunet
  dexcom monet genet calumet dassault`);
