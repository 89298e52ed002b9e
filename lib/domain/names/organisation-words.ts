// What kind of organisation, in the languages companies are named in: one word for `Universität`, `üniversitesi` and `Univ.`.
// General vocabulary, written from dictionaries. `word*` is any word that begins so, which covers endings of case and number.

/** Kinds: an institute is seldom the hospital of nearly its name. */
export const kinds: Record<string, string> = {
  university:
    'univ universit* universid* univerz* uniwersytet* universitas uniba hogeschool hogskol* hojskole* hoyskole* yliopisto* egyetem* oniversite* unibertsitat* prifysgol panepistimi* daigaku daehakgyo sveuciliste* ulikool universitesi universiti yunibersidad uniwersytecki* universitar* hochschule* vysoka vysok korkeakoulu* universitario* universitari*',
  college: 'coll colleg* collegi* kolej* kolleg* kolegi* politekni* hogskolan',
  school:
    'sch schul* escuel* ecol* escol* scuol* szkol* skol* skole* sekolah* okul* shkol* scoala* koulu* iskola* schole gakko',
  institute:
    'inst institut* istitut* instytut* insteti* enstitu* instituut* insitut* ustav* intezet* laitos* zaklad* kenkyujo kenkyusho institusi',
  academy: 'acad academ* akadem* accadem* akatemi*',
  laboratory: 'lab labor laborat* labs laborator* labora*',
  centre:
    'cent center* centr* zentr* centru* centar tsentr* keskus* kozpont* merkez* pusat kendra markaz sentr* zentrum* senter',
  hospital:
    'hosp hospita* hospices hopita* krankenh* klinik* clinic* ospedal* szpital* sykehus* sairaal* nemocn* bolnic* bolnits* hastan* korhaz* ziekenhuis* sjukhus* sygehus* rumah-sakit kliniken nosokom* infirmary policlinic* poliklini* byoin',
  ministry: 'min ministr* minister* ministeri* bakanlig* kementeri* sterstvo ministerstvo ministerie ministerium*',
  foundation:
    'fdn fond foundation* fundac* fundaci* fondat* fondaz* stiftung* stiftels* stichting* fundat* fonden saatio* alapitvan* yayasan vakf* vakif* nadac* zaizdan fonds fonde fondo fondos',
  society:
    'soc societ* socied* sociat* gesellschaft* spolecnost* tarsasag* dernek* dernegi* towarzystw* selskab* sallskap* genootschap* seura* societas obshchestvo gakkai drustvo sdruzeni',
  association:
    'assoc associa* asociac* associaz* verein* verband* vereniging* yhdisty* forening* forenin* perkumpulan* persatuan asosiasi* egyesulet* stowarzysz* birlig* birlik udruga zdruzenie spolek* liitto* asocia* forbund* kyokai',
  museum: 'mus museum* musee* muze* museo* museu* hakubutsukan musei muse musees',
  library: 'librar* bibliot* biblioth* bibliothe* knihovn* kirjasto* konyvtar* kutuphane* perpustakaan toshokan',
  council: 'council* consej* conseil* consigli* conselh* neuvosto* consell*',
  agency: 'agentur* agenz* agence* agentsch* agenci* ajans* virasto* agenti* agency agencies agencia* agentzia*',
  office: 'office* oficin* ufficio* amt urad* urzad* bureau* buro* kantoor* kancelar* toimisto*',
  authority: 'authorit* autorid* autorit* behord* viranomai* urado',
  commission: 'commiss* komiss* comision* comissao komisj* kommission* comite* committ* komite* ausschus*',
  government: 'govt gov governm* gouvern* gobiern* govern* regierung* pemerintah* valtioneuvosto',
  service: 'svc servic* serviz* servici* dienst* tjenest* palvelu* sluzb*',
  group: 'grp group* grup* gruppe* groep* konzern* ryhma* grupp* groupe* kelompok* skupin*',
  station: 'stn station* estacion* stazion* stanic* stacj* asema* estacao',
  park: 'parqu* parc* park parks parque* parc parcs',
  garden: 'garden* jardi* giardin* ogrod* zahrad* tradgard* garten garten gardens',
  unit: 'unidad* unite* einheit* yksikko* unidade* unit units unite unites',
  department:
    'dept dep depart* abteilung* dipartim* katedr* osasto* fachbereich* afdeling* avdelning* departem* wydzial* kafedr*',
  faculty: 'fac facult* fakult* facolt* facultad* tiedekunta* faculdad*',
  division: 'div division* divisao direction* direccion* direzion* direktorat* directorat* direktion*',
  chair: 'lehrstuhl* chair catedr* cattedr*',
  section: 'sect section* sektion* seccion* sezion*',
  programme: 'prog program* programa*',
  company:
    'compan* compagni* kompani* companhi* firma* unternehm* yritys empres* enterpris* entrepris* kaisha company companies',
  bank: 'bank* banc* banq* banka* pankki*',
  archive: 'archiv* arkiv* arhiv*',
  observatory: 'observat* sternwart* obserwat* tenmondai',
  consortium: 'consorti* consorc* konsorti* consorz*',
  network: 'network* netzwerk* reseau* verkosto* natverk*',
  federation: 'federat* federac* federaz* foderat*',
  union: 'union* unione* uniao* unija* zwiaz* svaz* soyuz*',
  trust: 'trust trusts',
  court: 'court* tribun* gericht* corte',
  prefecture: 'prefect* prefettur*',
  municipality:
    'municip* gemeinde* commune* kommun* comune* gmin* obcin* kunta* ayuntamient* prefeitur* belediye* stadt* mairie* citta',
  province: 'prov provinc* provinz* provins*',
  region: 'region* maakunta* okres*',
  polytechnic: 'politec* polytech* politech* polytekn* politekn* polytechn* politehn* politechnik*',
  'university applied science': 'fachhochschule* ammattikorkeakoulu* yrkeshogskol*',
  'university hospital': 'universitatsklin* universitatsspital* universitatsmed* uniklini*',
};
