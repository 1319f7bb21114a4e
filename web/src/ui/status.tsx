// A state as people see it: shape, word and tint together.
import type { Meaning } from '@/api/types';

import { kShapes } from './shapes';

export function ShapeMark({ meaning }: { meaning: Meaning }) {
  const shape = kShapes[meaning];
  return (
    <g>
      {shape.fill && <path d={shape.fill} fill="currentColor" />}
      {shape.stroke && (
        <path d={shape.stroke} fill="none" stroke="currentColor" strokeWidth="1.75" />
      )}
      {shape.mark && (
        <path d={shape.mark} className="shape-mark" fill="none" strokeWidth="1.75"
          stroke="var(--zicht-color-surface)" strokeLinecap="round" strokeLinejoin="round" />
      )}
    </g>
  );
}

export function Status({ meaning, label }: { meaning: Meaning; label: string }) {
  return (
    <span className={`status is-${meaning}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true"><ShapeMark meaning={meaning} /></svg>
      {label}
    </span>
  );
}
