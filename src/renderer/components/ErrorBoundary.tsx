import { Component, type ReactNode } from 'react'
import { ErrorNote } from './ErrorNote.tsx'

interface ErrorBoundaryProps {
  readonly title: string
  readonly children: ReactNode
}

/** Keeps a fault in one page from taking the window with it. React has this only as a class. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: null }

  static getDerivedStateFromError(error: unknown): { readonly error: unknown } {
    return { error }
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children
    return (
      <ErrorNote error={this.state.error} title={this.props.title} onRetry={() => this.setState({ error: null })} />
    )
  }
}
