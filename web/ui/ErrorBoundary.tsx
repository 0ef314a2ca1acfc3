import { Component, type ReactNode } from 'react';
import { describeFailure } from '../api/failure.ts';

interface Props {
  children: ReactNode;
  /** What stands in the place of a part that failed; `retry` draws the part again. */
  fallback(problem: string, retry: () => void): ReactNode;
}

/** Keeps the failure of one part of the page to that part: without it React takes the whole page away. */
export class ErrorBoundary extends Component<Props, { error: unknown }> {
  override state = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error: error ?? 'unknown' };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return this.props.fallback(describeFailure(error), () => this.setState({ error: undefined }));
  }
}
