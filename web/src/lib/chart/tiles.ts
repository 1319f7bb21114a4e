// Where the arrow keys lead on a map of tiles: along a row, or to the nearest tile of the next row
// that has one in that direction.

export interface TilePosition {
  id: string;
  column: number;
  row: number;
}

export function inReadingOrder<T extends TilePosition>(tiles: T[]): T[] {
  return [...tiles].sort((a, b) => a.row - b.row || a.column - b.column);
}

// How far a tile lies in that direction: first what leads there, then what lies beside it.
function distance(from: TilePosition, to: TilePosition, key: string): [number, number] | undefined {
  const across = to.column - from.column;
  const down = to.row - from.row;
  const ways: Record<string, [number, number]> = {
    ArrowRight: [across, down], ArrowLeft: [-across, down],
    ArrowDown: [down, across], ArrowUp: [-down, across],
  };
  const [along, aside] = ways[key] ?? [0, 0];
  const isSideways = key === 'ArrowRight' || key === 'ArrowLeft';
  if (along <= 0 || (isSideways && aside !== 0)) return undefined;
  return [along, Math.abs(aside)];
}

// The tile that `key` leads to; undefined: the key is no such key, or there is none.
export function neighbour<T extends TilePosition>(tiles: T[], from: T, key: string):
T | undefined {
  const row = inReadingOrder(tiles.filter((tile) => tile.row === from.row));
  if (key === 'Home') return row[0];
  if (key === 'End') return row.at(-1);
  let best: { tile: T; at: [number, number] } | undefined;
  for (const tile of inReadingOrder(tiles)) {
    const at = distance(from, tile, key);
    if (!at) continue;
    if (!best || at[0] < best.at[0] || (at[0] === best.at[0] && at[1] < best.at[1])) {
      best = { tile, at };
    }
  }
  return best?.tile;
}
