// An entry of the navigation; it says whether the page of this address is its own, or below it.
import type { ReactNode } from 'react';

import { Link, usePath } from '@/lib/router';

export function NavLink({ to, children }: { to: string; children: ReactNode }) {
  const path = usePath();
  const isHere = path === to || (to !== '/' && path.startsWith(`${to}/`));
  return (
    <li>
      <Link to={to} className="nav-link" aria-current={isHere ? 'page' : undefined}>
        {children}
      </Link>
    </li>
  );
}
