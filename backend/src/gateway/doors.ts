import { readFileSync } from 'node:fs';
import type { DesiredFile } from './desired-files.ts';
import type { Rules } from './rules.ts';

const program = readFileSync( new URL( './doors.sh', import.meta.url ), 'utf8' );

export const doorsProgram = '/usr/local/sbin/email-gateway-doors';
export const doorsService = 'email-gateway-doors.service';

/** What is needed where somebody’s side doors are closed. */
export const doorsPackage = { name: 'nftables', why: 'refuses connections past the gateway to chosen users' } as const;

type Closed = Pick< Rules, 'closedDoors' >;

/** The program with the users in its second line, by number. */
export const renderDoors = ( { closedDoors }: Closed ): string =>
	program.replace( '@closed@', closedDoors.map( ( uid ) => ` ${ uid }` ).join( '' ) );

// a restart of nftables.service takes all tables away: ours comes again with it
const unit = `# Email Gateway
[Unit]
Description=Email Gateway: chosen users reach mail servers through the gateway only
DefaultDependencies=no
RequiresMountsFor=${ doorsProgram }
After=nftables.service
PartOf=nftables.service
ReloadPropagatedFrom=nftables.service
Wants=network-pre.target
Before=network-pre.target shutdown.target
Conflicts=shutdown.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh ${ doorsProgram }
ExecReload=/bin/sh ${ doorsProgram }

[Install]
WantedBy=sysinit.target
`;

/** What keeps the side doors of chosen users closed, also after a start of the server. Only where there are some. */
export function doorsFiles( { closedDoors }: Closed, { systemd }: { systemd: boolean } ): DesiredFile[] {
	if ( closedDoors.length === 0 ) {
		return [];
	}
	const why = 'refuses what chosen Unix users connect to at mail servers past the gateway';
	const cron = `# Email Gateway\n@reboot root /bin/sh ${ doorsProgram }\n`;
	return [
		{ name: doorsProgram, content: renderDoors( { closedDoors } ), mode: '0644', why },
		systemd
			? { name: `/etc/systemd/system/${ doorsService }`, content: unit, mode: '0644', why }
			: { name: '/etc/cron.d/email-gateway-doors', content: cron, mode: '0644', why },
	];
}
