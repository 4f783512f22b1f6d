import type { ContactTarget } from '../../../shared/contract/imports.ts'

/** What people call the columns, by field, normalised; several languages. The first of two fields that list a name wins. */
const NAMES: readonly (readonly [ContactTarget, readonly string[]])[] = [
  [
    'email',
    [
      'email',
      'e mail',
      'mail',
      'email address',
      'e mail address',
      'mail address',
      'emailaddress',
      'primary email',
      'work email',
      'correo',
      'correo electronico',
      'courriel',
      'adresse e mail',
      'adresse email',
      'e mail adresse',
      'email adresse',
      'posta elettronica',
      'indirizzo email',
      'e mailadres',
      'epost',
      'e post',
      'sahkoposti',
      'adres e mail',
      'eposta',
      'e posta',
      'contact email',
      'email 1',
      'e mail 1',
      'email 1 value',
      'e mail 1 value',
      'почта',
      'электронная почта',
      'адрес электронной почты',
      'メール',
      'メールアドレス',
      '邮箱',
      '电子邮件',
      '电子邮箱',
    ],
  ],
  [
    'phone',
    [
      'phone',
      'phone number',
      'mobile',
      'mobile phone',
      'mobile number',
      'cell',
      'cell phone',
      'cellphone',
      'msisdn',
      'whatsapp',
      'tel',
      'telephone',
      'telephone number',
      'handy',
      'handynummer',
      'telefon',
      'telefonnummer',
      'mobil',
      'mobilnummer',
      'telefono',
      'movil',
      'celular',
      'cellulare',
      'telephone portable',
      'portable',
      'telefoon',
      'telefoonnummer',
      'mobiel',
      'puhelin',
      'telefone',
      'office phone',
      'work phone',
      'business phone',
      'home phone',
      'phone 1',
      'phone 1 value',
      'primary phone',
      'sms',
      'rufnummer',
      'телефон',
      'мобильный телефон',
      'номер телефона',
      '電話',
      '電話番号',
      '携帯電話',
      '电话',
      '手机',
      '手机号',
    ],
  ],
  [
    'firstName',
    [
      'first name',
      'firstname',
      'fname',
      'first',
      'given name',
      'givenname',
      'forename',
      'vorname',
      'prenom',
      'nombre',
      'nome',
      'voornaam',
      'fornavn',
      'fornamn',
      'etunimi',
      'imie',
      'primeiro nome',
      'nombre de pila',
      'ad',
      'имя',
      '名',
    ],
  ],
  [
    'lastName',
    [
      'last name',
      'lastname',
      'lname',
      'last',
      'surname',
      'family name',
      'familyname',
      'nachname',
      'familienname',
      'nom',
      'nom de famille',
      'apellido',
      'apellidos',
      'cognome',
      'achternaam',
      'etternavn',
      'efternamn',
      'efternavn',
      'sukunimi',
      'nazwisko',
      'sobrenome',
      'soyad',
      'фамилия',
      '姓',
    ],
  ],
  [
    'fullName',
    [
      'name',
      'full name',
      'fullname',
      'contact name',
      'contact',
      'display name',
      'nom complet',
      'nombre completo',
      'nome completo',
      'vollstandiger name',
      'ganzer name',
      'customer name',
      'person',
      'фио',
      'полное имя',
      '名前',
      '氏名',
      '姓名',
    ],
  ],
  [
    'company',
    [
      'company',
      'company name',
      'organisation',
      'organization',
      'organization name',
      'organisation name',
      'business',
      'business name',
      'employer',
      'firma',
      'unternehmen',
      'empresa',
      'entreprise',
      'societe',
      'azienda',
      'bedrijf',
      'account name',
      'yritys',
      'компания',
      'организация',
      '会社',
      '会社名',
      '公司',
    ],
  ],
  [
    'street',
    [
      'street',
      'address',
      'street address',
      'address 1',
      'address line 1',
      'address1',
      'mailing address',
      'strasse',
      'straße',
      'anschrift',
      'adresse',
      'direccion',
      'calle',
      'rue',
      'indirizzo',
      'via',
      'adres',
      'straat',
      'endereco',
      'mailing street',
      'street 1',
      'адрес',
      'улица',
      '住所',
      '地址',
    ],
  ],
  [
    'city',
    [
      'city',
      'town',
      'city town',
      'locality',
      'ort',
      'stadt',
      'ciudad',
      'ville',
      'citta',
      'plaats',
      'stad',
      'cidade',
      'miasto',
      'kaupunki',
      'by',
      'mailing city',
      'город',
      '市',
      '城市',
    ],
  ],
  [
    'region',
    [
      'state',
      'region',
      'province',
      'state province',
      'county',
      'state region',
      'bundesland',
      'kanton',
      'provincia',
      'estado',
      'departement',
      'regione',
      'provincie',
      'mailing state',
    ],
  ],
  [
    'postalCode',
    [
      'zip',
      'zip code',
      'zipcode',
      'postal code',
      'postcode',
      'post code',
      'postalcode',
      'zip postal code',
      'plz',
      'postleitzahl',
      'codigo postal',
      'cp',
      'code postal',
      'cap',
      'postnummer',
      'kod pocztowy',
      'cep',
      'mailing zip',
      'индекс',
      'почтовый индекс',
      '郵便番号',
      '邮编',
    ],
  ],
  [
    'country',
    [
      'country',
      'country code',
      'nation',
      'land',
      'pais',
      'pays',
      'paese',
      'kraj',
      'maa',
      'country region',
      'staat',
      'страна',
      '国',
      '国家',
    ],
  ],
  ['latitude', ['latitude', 'lat', 'breitengrad', 'breite', 'latitud', 'latitudine', 'geo lat']],
  [
    'longitude',
    ['longitude', 'long', 'lng', 'lon', 'langengrad', 'lange', 'longitud', 'longitudine', 'geo lng', 'geo lon'],
  ],
  ['timeZone', ['time zone', 'timezone', 'tz', 'zeitzone', 'zona horaria', 'fuseau horaire', 'fuso orario']],
  ['language', ['language', 'lang', 'locale', 'preferred language', 'sprache', 'idioma', 'langue', 'lingua', 'taal']],
  [
    'birthday',
    [
      'birthday',
      'birth date',
      'birthdate',
      'date of birth',
      'dob',
      'born',
      'geburtstag',
      'geburtsdatum',
      'fecha de nacimiento',
      'cumpleanos',
      'date de naissance',
      'anniversaire',
      'data di nascita',
      'compleanno',
      'geboortedatum',
      'data de nascimento',
      'дата рождения',
      'день рождения',
      '生年月日',
      '出生日期',
    ],
  ],
  ['leadStatus', ['lead status', 'lead stage', 'lifecycle stage', 'pipeline stage', 'contact status']],
  ['leadQuality', ['lead quality', 'lead rating', 'rating', 'lead grade']],
  [
    'tags',
    [
      'tags',
      'tag',
      'labels',
      'label',
      'categories',
      'groups',
      'keywords',
      'schlagworte',
      'etiquetas',
      'etiquettes',
      'gruppen',
      'group membership',
      'interests',
    ],
  ],
  [
    'note',
    [
      'note',
      'notes',
      'comment',
      'comments',
      'remarks',
      'notiz',
      'notizen',
      'bemerkung',
      'bemerkungen',
      'nota',
      'notas',
      'remarque',
      'remarques',
      'kommentar',
      'memo',
    ],
  ],
]

const NETWORKS: Readonly<Record<string, string>> = {
  twitter: 'twitter',
  'twitter handle': 'twitter',
  'twitter username': 'twitter',
  facebook: 'facebook',
  instagram: 'instagram',
  linkedin: 'linkedin',
  'linkedin url': 'linkedin',
  'linkedin profile': 'linkedin',
  mastodon: 'mastodon',
  bluesky: 'bluesky',
  tiktok: 'tiktok',
  youtube: 'youtube',
  telegram: 'telegram',
  threads: 'threads',
  xing: 'xing',
  pinterest: 'pinterest',
}

const BY_NAME: ReadonlyMap<string, ContactTarget> = new Map(
  [...NAMES].reverse().flatMap(([target, names]) => names.map(name => [normaliseName(name), target] as const)),
)

// Names that hold one of these words are not the number or the address itself: "Fax", "E-mail opt-in", "Phone type".
const NOT_THE_VALUE =
  /\b(fax|telefax|opt|consent|type|verified|status|format|label|count|sent|bounced?|score|date|time|at|by)\b/

/** A column name as it is compared: no accents, no case, words separated by one blank. */
export function normaliseName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** How surely a name stands for a field: 1 exactly, less for a name that only ends or begins with a known one. */
export interface NameFinding {
  readonly target: string
  readonly certainty: number
  /** The part of the name that was recognised. */
  readonly by: string
}

/** The field that a column name stands for, if any. */
export function targetOfName(name: string): NameFinding | null {
  const normal = normaliseName(name)
  if (normal === '') return null
  const network = NETWORKS[normal]
  if (network !== undefined) return { target: `social:${network}`, certainty: 1, by: name.trim() }
  const exact = BY_NAME.get(normal) ?? BY_NAME.get(normal.replaceAll(' ', ''))
  if (exact) return { target: exact, certainty: 1, by: name.trim() }
  if (NOT_THE_VALUE.test(normal)) return null
  const words = normal.split(' ')
  for (let length = words.length - 1; length >= 1; length--) {
    const tail = words.slice(-length).join(' ')
    const head = words.slice(0, length).join(' ')
    for (const part of [tail, head]) {
      const target = BY_NAME.get(part)
      // A single word inside a longer name says little, but for addresses: "Company size" is not the company.
      if (target && (length > 1 || target === 'email' || target === 'phone')) {
        return { target, certainty: 0.7, by: part }
      }
    }
  }
  return null
}

/** Whether a cell of a first row is the name of a field. */
export function namesKnownField(cell: string): boolean {
  return targetOfName(cell)?.certainty === 1
}

/** Whether a name says that the column holds an id of another system. */
export function namesExternalId(name: string): boolean {
  return /(^| )(id|ids|uuid|guid|nr|no|number|key|kundennummer|identifier)$/.test(normaliseName(name))
}

/** The key of a custom field for a column name: letters, digits and underscores, beginning with a letter. */
export function customKey(name: string, column: number): string {
  const key = normaliseName(name)
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+/, '')
    .replace(/_+$/, '')
    .slice(0, 50)
  return key === '' ? `column_${column + 1}` : key
}
