import { useEffect, useState } from 'react'

/** True once something has been going on for longer than `afterMs`; quick answers never flash a placeholder. */
export function useSlow(isGoingOn: boolean, afterMs: number): boolean {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    if (!isGoingOn) return
    const timer = setTimeout(() => setSlow(true), afterMs)
    return () => {
      clearTimeout(timer)
      setSlow(false)
    }
  }, [isGoingOn, afterMs])
  return isGoingOn && slow
}
