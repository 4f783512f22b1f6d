import type { Provider } from '../provider.ts'
import type { Endpoint, Login } from '../smtp/endpoint.ts'
import type { Failure } from '../smtp/stage.ts'

/** How a mail server is reached. */
export interface Connection {
  readonly endpoint: Endpoint
  readonly login: () => Promise<Login | Failure>
  /** Hears which login the server refused. */
  readonly onLoginRefused?: (login: Login) => void
  /** Ends what the login keeps open. */
  readonly closeLogin?: () => Promise<void>
}

/** What the practice accounts talk to. */
export interface PracticeDoor {
  connection(): Promise<Connection>
  textProvider(): Promise<Provider>
}
