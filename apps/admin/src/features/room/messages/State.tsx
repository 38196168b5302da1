import type { ReactNode } from 'react';

interface Props {
  icon?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** The words under a message of ours: where it is. */
export function State({ icon, className, children }: Props) {
  return (
    <span className={`max-w-full px-0.5 text-right text-small text-ink-3 [overflow-wrap:anywhere] ${className ?? ''}`}>
      {icon && (
        <span aria-hidden="true" className="mr-1 inline-block align-[-3px]">
          {icon}
        </span>
      )}
      {children}
    </span>
  );
}
