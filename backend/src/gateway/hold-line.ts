import type { LogLine } from './mail-log.ts';

/** Whether cleanup(8) says that a message is held: because of a header, or because a mail filter asked for it. */
export const isHoldLine = ( { service, text }: Pick< LogLine, 'service' | 'text' > ): boolean =>
	service === 'cleanup' && /^(milter-)?hold: /.test( text );
