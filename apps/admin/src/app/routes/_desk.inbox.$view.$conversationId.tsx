import { createFileRoute } from '@tanstack/react-router';
import { RoomPage } from '../RoomPage.tsx';

export const Route = createFileRoute('/_desk/inbox/$view/$conversationId')({ component: RoomPage });
