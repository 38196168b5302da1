import { createFileRoute } from '@tanstack/react-router';
import { KeysPage } from '../../features/keys/KeysPage.tsx';

export const Route = createFileRoute('/_desk/settings/keys')({ component: KeysPage });
