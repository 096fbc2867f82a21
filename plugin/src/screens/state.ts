import type { JobView } from '@email-gateway/shared';
import type { Page } from '../page.ts';

/** One state of a screen, with nothing behind it. */
export interface ScreenState {
	/** In the address of the page and in the name of its picture. */
	name: string;
	screen: 'server' | 'settings' | 'mail-log';
	page?: Partial< Page >;
	/** `METHOD /path` → answer, as playBackend takes them. */
	answers: Record< string, unknown >;
	/** Buttons that are pressed in this order once they are there. */
	press?: readonly string[];
}

const at = '2026-11-29T12:00:00Z';

export const job = ( change: object ): JobView =>
	( {
		jobId: 'abc',
		serverId: 12,
		verb: 'install_gateway',
		state: 'succeeded',
		createdAt: at,
		startedAt: at,
		finishedAt: at,
		by: 'admin',
		cancelRequested: false,
		error: null,
		result: null,
		...change,
	} ) as JobView;

export const event = ( seq: number, more: object ) => ( { seq, at, ...more } );
