// Which tasks stand in one row of somebody's work: those that one record asks of the same role,
// such as the deed itself and that its term has passed.
import type { TaskItem } from '@/api/types';

export type TaskRow = [TaskItem, ...TaskItem[]];

// Where one does it: a break is reviewed in the list of breaks.
export function placeOf(task: TaskItem): string {
  return task.key.startsWith('break:') ? '/noodtoegang' : `/records/${task.record.id}`;
}

// In the order of the most pressing task of each row.
export function rowsOfTasks(items: TaskItem[]): TaskRow[] {
  const rows = new Map<string, TaskRow>();
  for (const task of items) {
    const key = `${placeOf(task)} ${task.record.id} ${task.role}`;
    const row = rows.get(key);
    if (row) row.push(task);
    else rows.set(key, [task]);
  }
  return [...rows.values()];
}
