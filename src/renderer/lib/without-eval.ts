import { z } from 'zod'

// zod compiles objects with `new Function` where it can; the page's policy forbids that and would report each try.
z.config({ jitless: true })
