import type { ContactTarget } from '../../../../shared/contract/imports.ts'

/** What people call the columns, by field, in several languages. The first of two fields that list a name wins. */
export const COLUMN_SYNONYMS: readonly (readonly [ContactTarget, string])[] = [
  [
    'email',
    `email, e mail, mail, email address, e mail address, mail address, emailaddress, primary email, work
     email, correo, correo electronico, courriel, adresse e mail, adresse email, e mail adresse, email
     adresse, posta elettronica, indirizzo email, e mailadres, epost, e post, sahkoposti, adres e mail,
     eposta, e posta, contact email, email 1, e mail 1, email 1 value, e mail 1 value, почта, электронная
     почта, адрес электронной почты, メール, メールアドレス, 邮箱, 电子邮件, 电子邮箱`,
  ],
  [
    'phone',
    `phone, phone number, mobile, mobile phone, mobile number, cell, cell phone, cellphone, msisdn, whatsapp,
     tel, telephone, telephone number, handy, handynummer, telefon, telefonnummer, mobil, mobilnummer,
     telefono, movil, celular, cellulare, telephone portable, portable, telefoon, telefoonnummer, mobiel,
     puhelin, telefone, office phone, work phone, business phone, home phone, phone 1, phone 1 value, primary
     phone, sms, rufnummer, телефон, мобильный телефон, номер телефона, 電話, 電話番号, 携帯電話, 电话, 手机, 手机号`,
  ],
  [
    'firstName',
    `first name, firstname, fname, first, given name, givenname, forename, vorname, prenom, nombre, nome,
     voornaam, fornavn, fornamn, etunimi, imie, primeiro nome, nombre de pila, ad, имя, 名`,
  ],
  [
    'lastName',
    `last name, lastname, lname, last, surname, family name, familyname, nachname, familienname, nom, nom de
     famille, apellido, apellidos, cognome, achternaam, etternavn, efternamn, efternavn, sukunimi, nazwisko,
     sobrenome, soyad, фамилия, 姓`,
  ],
  [
    'fullName',
    `name, full name, fullname, contact name, contact, display name, nom complet, nombre completo, nome
     completo, vollstandiger name, ganzer name, customer name, person, фио, полное имя, 名前, 氏名, 姓名`,
  ],
  [
    'company',
    `company, company name, organisation, organization, organization name, organisation name, business,
     business name, employer, firma, unternehmen, empresa, entreprise, societe, azienda, bedrijf, account
     name, yritys, компания, организация, 会社, 会社名, 公司`,
  ],
  [
    'street',
    `street, address, street address, address 1, address line 1, address1, mailing address, strasse, straße,
     anschrift, adresse, direccion, calle, rue, indirizzo, via, adres, straat, endereco, mailing street,
     street 1, адрес, улица, 住所, 地址`,
  ],
  [
    'city',
    `city, town, city town, locality, ort, stadt, ciudad, ville, citta, plaats, stad, cidade, miasto,
     kaupunki, by, mailing city, город, 市, 城市`,
  ],
  [
    'region',
    `state, region, province, state province, county, state region, bundesland, kanton, provincia, estado,
     departement, regione, provincie, mailing state`,
  ],
  [
    'postalCode',
    `zip, zip code, zipcode, postal code, postcode, post code, postalcode, zip postal code, plz, postleitzahl,
     codigo postal, cp, code postal, cap, postnummer, kod pocztowy, cep, mailing zip, индекс, почтовый индекс,
     郵便番号, 邮编`,
  ],
  [
    'country',
    `country, country code, nation, land, pais, pays, paese, kraj, maa, country region, staat, страна, 国, 国家`,
  ],
  ['latitude', `latitude, lat, breitengrad, breite, latitud, latitudine, geo lat`],
  ['longitude', `longitude, long, lng, lon, langengrad, lange, longitud, longitudine, geo lng, geo lon`],
  ['timeZone', `time zone, timezone, tz, zeitzone, zona horaria, fuseau horaire, fuso orario`],
  ['language', `language, lang, locale, preferred language, sprache, idioma, langue, lingua, taal`],
  [
    'birthday',
    `birthday, birth date, birthdate, date of birth, dob, born, geburtstag, geburtsdatum, fecha de nacimiento,
     cumpleanos, date de naissance, anniversaire, data di nascita, compleanno, geboortedatum, data de
     nascimento, дата рождения, день рождения, 生年月日, 出生日期`,
  ],
  ['leadStatus', `lead status, lead stage, lifecycle stage, pipeline stage, contact status`],
  ['leadQuality', `lead quality, lead rating, rating, lead grade`],
  [
    'tags',
    `tags, tag, labels, label, categories, groups, keywords, schlagworte, etiquetas, etiquettes, gruppen,
     group membership, interests`,
  ],
  [
    'note',
    `note, notes, comment, comments, remarks, notiz, notizen, bemerkung, bemerkungen, nota, notas, remarque,
     remarques, kommentar, memo`,
  ],
]
