// A message in the page. `role` says whether screen readers speak it when it appears.
import type { ReactNode } from 'react';

import { ShapeMark } from './status';

export interface NoticeProps {
  meaning: 'running' | 'done' | 'attention' | 'failed';
  role?: 'status' | 'alert';
  children: ReactNode;
}

export function Notice({ meaning, role, children }: NoticeProps) {
  return (
    <div className={`notice is-${meaning}`} role={role}>
      <svg viewBox="0 0 16 16" aria-hidden="true"><ShapeMark meaning={meaning} /></svg>
      <div className="stack-s">{children}</div>
    </div>
  );
}
