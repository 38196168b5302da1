import { createFileRoute } from '@tanstack/react-router';
import { OwnPage } from '../../features/settings/OwnPage.tsx';

export const Route = createFileRoute('/_desk/settings/me')({ component: OwnPage });
