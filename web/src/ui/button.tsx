// Buttons and button-like links in the classes of NL Design System.
import type { ButtonHTMLAttributes, Ref } from 'react';

import { Link } from '@/lib/router';
import type { LinkProps } from '@/lib/router';

export type ButtonLook = 'primary' | 'secondary' | 'subtle';

const kLooks: Record<ButtonLook, string> = {
  primary: 'utrecht-button utrecht-button--primary-action',
  secondary: 'utrecht-button utrecht-button--secondary-action',
  subtle: 'utrecht-button utrecht-button--subtle',
};

function classOf(look: ButtonLook, isSmall: boolean): string {
  return kLooks[look] + (isSmall ? ' utrecht-button--small' : '');
}

export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  look?: ButtonLook;
  small?: boolean;
  ref?: Ref<HTMLButtonElement>;
};

export function Button({
  look = 'secondary', small = false, type = 'button', ...rest
}: ButtonProps) {
  return <button type={type} className={classOf(look, small)} {...rest} />;
}

export function ButtonLink({ look = 'secondary', small = false, ...rest }:
LinkProps & { look?: ButtonLook; small?: boolean }) {
  return <Link className={classOf(look, small)} {...rest} />;
}
