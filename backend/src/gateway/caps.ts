import { readFileSync } from 'node:fs';
import type { CapLimits } from '@email-gateway/shared';
import type { DesiredFile } from './desired-files.ts';
import { hasRoutes } from './routes.ts';
import type { Rules } from './rules.ts';

/** How much a Unix user may send before the rest is held. */
export interface Cap {
	/** Null: of every user who has none of their own. */
	uid: number | null;
	/** Null: never held. */
	limits: CapLimits | null;
}

/** Who is never held needs no counting where nobody else is held either. */
export const thatLimit = ( caps: readonly Cap[] ): readonly Cap[] =>
	caps.some( ( { limits } ) => limits !== null ) ? caps : [];

/** Their own, or that of all others; undefined where neither is. */
export const capOfUser = ( caps: readonly Cap[], uid: number ): Cap | undefined =>
	caps.find( ( cap ) => cap.uid === uid ) ?? caps.find( ( cap ) => cap.uid === null );

const read = ( name: string ) => readFileSync( new URL( name, import.meta.url ), 'utf8' );
/** The counting is a program of awk of its own, and stands in the other between single quotes. */
const program = read( './caps.sh' ).replace( '@count@', () => `\n${ read( './caps-count.awk' ) }` );

export const capsProgram = '/usr/local/sbin/email-gateway-caps';
export const capsService = 'email-gateway-caps.service';
/** Made by the program: whose mail is held at the door. */
export const capsHeaderChecks = '/var/lib/email-gateway-caps/header_checks';

/** Made by the program: whom sendmail refuses for now, by name. */
export const capsPutOff = '/var/lib/email-gateway-caps/put-off';

const limit = ( number: number | null ) => number ?? '-';

/**
 * The program with the caps in its second line: ` UID:HOUR:DAY:SHARE`, `*` for all others. With routes a flood has a way of its
 * own, and what the filter of routes holds is nobody’s to let go: nothing is paced.
 */
export const renderCaps = ( { caps, routes }: Pick< Rules, 'caps' | 'routes' > ): string =>
	program.replace( '@paced@', hasRoutes( routes ) ? 'no' : 'yes' ).replace(
		'@caps@',
		caps
			.map( ( { uid, limits } ) => {
				const { hour, day, refused } = limits ?? { hour: null, day: null, refused: null };
				return ` ${ uid ?? '*' }:${ limit( hour ) }:${ limit( day ) }:${ limit( refused ) }`;
			} )
			.join( '' )
	);

const unit = `# Email Gateway
[Unit]
Description=Email Gateway: holds what a site sends above its cap
After=postfix.service

[Service]
ExecStart=/bin/sh ${ capsProgram }
Restart=always
RestartSec=5
LogLevelMax=notice

[Install]
WantedBy=multi-user.target
`;

/** What counts and holds on the server, also while the backend is away. Only where somebody has a cap. */
export function capsFiles( rules: Rules, { systemd }: { systemd: boolean } ): DesiredFile[] {
	if ( rules.caps.length === 0 ) {
		return [];
	}
	const why = 'counts what each Unix user sends, and holds what is above its cap';
	const cron = `# Email Gateway\n* * * * * root /bin/sh ${ capsProgram } 28\n`;
	return [
		{ name: capsProgram, content: renderCaps( rules ), mode: '0644', why },
		systemd
			? { name: `/etc/systemd/system/${ capsService }`, content: unit, mode: '0644', why }
			: { name: '/etc/cron.d/email-gateway-caps', content: cron, mode: '0644', why },
	];
}
