// A page that breaks does not take the frame with it.
import { Component } from 'react';
import type { ReactNode } from 'react';

import { ApiProblem } from '@/api/problem';
import { ProblemPage } from '@/ui/problem_view';

interface State {
  isBroken: boolean;
}

export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { isBroken: false };

  static getDerivedStateFromError(): State {
    return { isBroken: true };
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children;
    return (
      <ProblemPage error={new ApiProblem(500, {})} onRetry={() => { window.location.reload(); }} />
    );
  }
}
