// One shape per meaning of a state, on a grid of 16 x 16; drawn by badges and by pictures alike.
// `stroke` shapes are outlines, `fill` shapes solid; `mark` is cut out of a solid shape.
import type { Meaning } from '@/api/types';

export interface Shape {
  fill?: string;
  stroke?: string;
  mark?: string;
}

export const kShapes: Record<Meaning, Shape> = {
  draft: { stroke: 'M8 2.5a5.5 5.5 0 1 0 0.01 0M5.5 8h5' },
  running: { stroke: 'M8 2a6 6 0 1 0 0.01 0', fill: 'M8 5a3 3 0 1 0 0.01 0z' },
  attention: { fill: 'M8 1.5 15.3 14.5H0.7z', mark: 'M8 6.2v3.8M8 12v0.6' },
  done: { fill: 'M8 1a7 7 0 1 0 0.01 0z', mark: 'M4.8 8.2 7.1 10.5 11.3 5.8' },
  unknown: { stroke: 'M8 1.5 14.5 8 8 14.5 1.5 8z', fill: 'M8 6.2a1.8 1.8 0 1 0 0.01 0z' },
  failed: { fill: 'M1.5 1.5h13v13h-13z', mark: 'M5 5l6 6M11 5l-6 6' },
  ended: { stroke: 'M2.5 2.5h11v11h-11z', fill: 'M5 6.8h6v2.4H5z' },
};
