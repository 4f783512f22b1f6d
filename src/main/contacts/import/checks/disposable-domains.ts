/** Domains of services that hand out addresses for minutes. Mail to them reaches nobody for long. */
export const DISPOSABLE_DOMAINS: ReadonlySet<string> = new Set(
  `0-mail.com 10minutemail.com 10minutemail.net 20minutemail.com 33mail.com anonbox.net anonymbox.com burnermail.io
   byom.de chacuo.net crazymailing.com deadaddress.com discard.email discardmail.com discardmail.de dispostable.com
   dropmail.me emailfake.com emailondeck.com emailsensei.com emltmp.com fakeinbox.com fakemail.net fakemailgenerator.com
   filzmail.com fleckens.hu getairmail.com getnada.com grr.la guerrillamail.biz guerrillamail.com guerrillamail.de
   guerrillamail.info guerrillamail.net guerrillamail.org guerrillamailblock.com harakirimail.com incognitomail.org
   inboxbear.com inboxkitten.com jetable.org kurzepost.de luxusmail.org mail-temp.com mail.tm mailcatch.com maildrop.cc
   mailexpire.com mailforspam.com mailinator.com mailinator.net mailinator2.com mailmoat.com mailnesia.com mailnull.com
   mailpoof.com mailsac.com mailtemp.net meltmail.com mintemail.com moakt.com mohmal.com mytemp.email mytrashmail.com
   nada.email nomail.xl.cx nowmymail.com objectmail.com one-time.email sharklasers.com shieldemail.com
   sofort-mail.de sogetthis.com spam4.me spamavert.com spambog.com spambox.us spamex.com spamgourmet.com spamhole.com
   tempail.com temp-mail.io temp-mail.org tempinbox.com tempmail.de tempmail.net tempmail.plus tempmailo.com tempr.email
   throwawaymail.com throwam.com tmail.ws tmpmail.net tmpmail.org trash-mail.com trash-mail.de trashmail.com trashmail.de
   trashmail.me trashmail.net trashmail.org trashymail.com wegwerfemail.de wegwerfmail.de wegwerfmail.net
   wegwerfmail.org yopmail.com yopmail.fr yopmail.net zippymail.info`.split(/\s+/),
)
