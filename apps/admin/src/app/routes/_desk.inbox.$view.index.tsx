import { createFileRoute } from '@tanstack/react-router';
import { NoRoom } from '../NoRoom.tsx';

export const Route = createFileRoute('/_desk/inbox/$view/')({ component: NoRoom });
