// Only for tests: lines of a mail log, as Postfix writes them.

export const clock = { atMs: Date.UTC( 2026, 10, 30, 18 ), aheadMinutes: 0 };
export const id = '4jdW2W5nLkzs7Y7';
export const line = ( daemon: string, text: string, queueId = id ) =>
	`Nov 30 17:18:43 web1 postfix/${ daemon }[7]: ${ queueId }: ${ text }`;
export const relay = 'relay=p.example[192.0.2.1]:587';
export const sent = ( to: string ) =>
	`to=<${ to }>, ${ relay }, delay=1.5, delays=0/0/0/0, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued)`;
export const deferred = ( to: string ) =>
	`to=<${ to }>, ${ relay }, delay=0.5, delays=0/0/0/0, dsn=4.7.1, status=deferred (host p.example[192.0.2.1] said: 450 4.7.1 Greylisted (in reply to RCPT TO command))`;
export const bounced = ( to: string ) =>
	`to=<${ to }>, ${ relay }, delay=0.5, delays=0/0/0/0, dsn=5.1.1, status=bounced (host p.example[192.0.2.1] said: 550 5.1.1 User unknown (in reply to RCPT TO command))`;
export const whole = [
	line( 'pickup', 'uid=1001 from=<shop@a.test>' ),
	line( 'cleanup', 'message-id=<x@a.test>' ),
	line( 'qmgr', 'from=<shop@a.test>, size=282, nrcpt=2 (queue active)' ),
	`Nov 30 17:18:43 web1 postfix/smtp[7]: Verified TLS connection established to p.example[192.0.2.1]:587: TLSv1.3 with cipher X (256/256 bits)`,
	line( 'smtp', sent( 'one@b.test' ) ),
	line( 'smtp', deferred( 'two@b.test' ) ),
	line( 'smtp', sent( 'two@b.test' ) ),
	line( 'qmgr', 'removed' ),
];

/** All lines of message number n, which is taken at once. */
export const messageLines = (
	n: number,
	{ to = `to-${ n }@example.org`, status = 'sent', uid = 1001 } = {}
): string[] => {
	const id = `4jdW2W${ String( n ).padStart( 4, '0' ) }zs7Y7`;
	const line = ( daemon: string, text: string ) => `Nov 30 17:18:43 web1 postfix/${ daemon }[7]: ${ id }: ${ text }`;
	return [
		line( 'pickup', `uid=${ uid } from=<shop@a.test>` ),
		line( 'qmgr', 'from=<shop@a.test>, size=282, nrcpt=1 (queue active)' ),
		line(
			'smtp',
			`to=<${ to }>, relay=p[192.0.2.1]:587, delay=1, delays=0/0/0/0, dsn=2.0.0, status=${ status } (250 ok)`
		),
		line( 'qmgr', 'removed' ),
	];
};
