import { useMantineColorScheme } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { onMenuCommand } from '../api.ts'

/** Does what the desktop's menu asks for: opens a place, or changes the look. */
export function useMenuCommands(): void {
  const router = useRouter()
  const { setColorScheme } = useMantineColorScheme()
  useEffect(() => {
    onMenuCommand(command => {
      if (command.kind === 'open') router.history.push(command.path)
      else setColorScheme(command.theme === 'system' ? 'auto' : command.theme)
    })
  }, [router, setColorScheme])
}
