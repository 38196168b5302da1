import { createFileRoute, useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { AuditPage } from '../../features/audit/AuditPage.tsx';
import { type AuditSearch, auditSearchOf } from '../../features/audit/auditSearch.ts';
import { Guarded } from '../../features/settings/SettingsPage.tsx';

export const Route = createFileRoute('/_desk/settings/audit')({ validateSearch: auditSearchOf, component: Audit });

function Audit() {
  const search = Route.useSearch();
  const navigate = useNavigate();
  const change = useCallback(
    (next: AuditSearch) => void navigate({ to: '/settings/audit', search: next, replace: true }),
    [navigate],
  );
  return (
    <Guarded page="audit">
      <AuditPage search={search} change={change} />
    </Guarded>
  );
}
