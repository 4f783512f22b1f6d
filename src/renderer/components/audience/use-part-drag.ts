import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Rule } from '../../../shared/domain/segment-rule.ts'
import type { Builder } from './builder-context.ts'
import { findPart, type Place } from './rule-tree.ts'

/** Where what is dragged would be dropped on a line: before it, behind it, or into the group it heads. */
export type DropEdge = 'before' | 'behind' | 'into'

interface PartDrag {
  readonly line: RefObject<HTMLDivElement | null>
  readonly handle: RefObject<HTMLButtonElement | null>
  readonly edge: DropEdge | null
  readonly isDragged: boolean
}

/** Lets a line of the editor be dragged by its handle, and others be dropped on it. `place` is null for the root. */
export function usePartDrag(builder: Builder, part: Rule, place: Place | null): PartDrag {
  const line = useRef<HTMLDivElement>(null)
  const handle = useRef<HTMLButtonElement>(null)
  const [edge, setEdge] = useState<DropEdge | null>(null)
  const [isDragged, setIsDragged] = useState(false)
  const latest = useRef({ builder, part, place })
  useEffect(() => {
    latest.current = { builder, part, place }
  })
  const isFixed = place === null || builder.isReadOnly
  useEffect(() => {
    const element = line.current
    const grip = handle.current
    if (!element || !grip || isFixed) return
    return draggable({
      element,
      dragHandle: grip,
      getInitialData: () => ({ part: latest.current.part.id }),
      onDragStart: () => setIsDragged(true),
      onDrop: () => setIsDragged(false),
    })
  }, [isFixed])
  useEffect(() => {
    const element = line.current
    if (!element) return
    const edgeAt = (clientY: number): DropEdge => {
      const { top, height } = element.getBoundingClientRect()
      const at = (clientY - top) / height
      const { part: under, place: standing } = latest.current
      if (standing === null) return 'into'
      if (under.kind === 'group') return at < 0.35 ? 'before' : 'into'
      return at < 0.5 ? 'before' : 'behind'
    }
    return dropTargetForElements({
      element,
      canDrop: ({ source }) => {
        const dragged = source.data['part']
        if (typeof dragged !== 'string') return false
        const moving = findPart(latest.current.builder.editing.rule, dragged)
        return moving !== null && findPart(moving, latest.current.part.id) === null
      },
      onDrag: ({ location }) => setEdge(edgeAt(location.current.input.clientY)),
      onDragLeave: () => setEdge(null),
      onDrop: ({ source, location }) => {
        setEdge(null)
        const dragged = source.data['part']
        const { builder: current, part: under, place: standing } = latest.current
        if (typeof dragged === 'string')
          current.move(dragged, placeAt(edgeAt(location.current.input.clientY), under, standing))
      },
    })
  }, [])
  return { line, handle, edge, isDragged }
}

function placeAt(edge: DropEdge, part: Rule, place: Place | null): Place {
  if (edge === 'into' || place === null) return { groupId: part.id, index: 0 }
  return edge === 'before' ? place : { ...place, index: place.index + 1 }
}
