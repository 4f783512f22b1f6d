import { classify } from './classify.ts'
import type { Endpoint } from './endpoint.ts'
import type { Failure } from './stage.ts'

/** One sentence that says what a person can do about a failed connection. */
export function remedyFor(failure: Failure, endpoint: Endpoint): string {
  const { host, port } = endpoint
  switch (failure.stage) {
    case 'resolve':
      return `Check how ${host} is written, and that this machine is online.`
    case 'connect':
      return connectRemedy(failure, endpoint)
    case 'tls':
      return tlsRemedy(failure, endpoint)
    case 'greeting':
    case 'hello':
      if (failure.kind === 'refused') {
        return 'The server refuses this connection: wait a while, and ask whoever runs it whether it accepts mail from here.'
      }
      return endpoint.security === 'tls'
        ? `Check that port ${port} speaks SMTP over TLS; the usual one is 465.`
        : `Check that port ${port} is the one for sending mail; with STARTTLS it is usually 587, with TLS 465 and TLS must be chosen.`
    case 'login':
      return loginRemedy(failure, endpoint)
    default:
      return failure.kind === 'refused' && (failure.code === 530 || classify(failure) === 'account')
        ? 'The server wants a login: fill in user and password.'
        : 'Use a sender address that this account may send for; many providers want it confirmed on their own pages first.'
  }
}

function connectRemedy(failure: Failure, { host, port }: Endpoint): string {
  if (failure.kind === 'lost' && failure.cause === 'insecure') {
    return 'Choose TLS or STARTTLS: passwords and messages must not travel in clear.'
  }
  if (failure.kind === 'lost' && failure.cause === 'ECONNREFUSED') {
    return `Nothing listens on port ${port} of ${host}: check the port, usually 465 for TLS or 587 for STARTTLS.`
  }
  return `Port ${port} of ${host} cannot be reached: check the network and any firewall; many networks block port 25, so use 465 or 587.`
}

function tlsRemedy(failure: Failure, { host, port }: Endpoint): string {
  if (failure.kind === 'unsupported')
    return 'Choose TLS with port 465, or ask whoever runs the server to offer STARTTLS.'
  const cause = failure.kind === 'lost' ? failure.cause : ''
  if (cause === 'CERT_HAS_EXPIRED')
    return `The certificate of ${host} has expired: ask whoever runs the server to renew it.`
  if (cause === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return `The certificate is for another name than ${host}: use the name that the provider gives.`
  }
  if (/SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)/.test(cause)) {
    return `The certificate of ${host} is not signed by anybody this machine trusts: only if the server is your own, allow invalid certificates.`
  }
  if (cause === 'ERR_SSL_WRONG_VERSION_NUMBER' || /wrong version|packet length/i.test(cause)) {
    return `Port ${port} does not begin with TLS: choose STARTTLS, or port 465.`
  }
  return 'The server needs TLS 1.2 or newer; ask whoever runs it, or try the other kind of encryption.'
}

function loginRemedy(failure: Failure, { host }: Endpoint): string {
  if (failure.kind === 'unsupported') {
    if (failure.code === 'no_xoauth2')
      return 'Choose sign-in by password, or the server that the provider names for OAuth.'
    return failure.code === 'no_login_method'
      ? 'Leave the user empty if the server asks for no login; else choose sign-in by OAuth if the provider wants that.'
      : failure.text
  }
  if (failure.kind === 'lost') return 'Try again in a while; some servers end the connection after too many logins.'
  if (/gmail|google/.test(host)) return 'Use an app password: Google accepts the ordinary one no more.'
  if (failure.enhanced === '5.7.30' || /office365|outlook/.test(host)) {
    return 'Ask the administrator to allow SMTP AUTH for this mailbox, and check the password.'
  }
  return 'Check user and password; many providers want an app password or an API key here.'
}
