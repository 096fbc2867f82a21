import { readFileSync } from 'node:fs';
import type { DesiredFile } from './desired-files.ts';

const program = readFileSync( new URL( './waiting-mail.sh', import.meta.url ), 'utf8' );

export const waitingProgram = '/usr/local/sbin/email-gateway-waiting';
export const waitingTimer = 'email-gateway-waiting.timer';

const service = `# Email Gateway
[Unit]
Description=Email Gateway: looks after mail that waits

[Service]
Type=oneshot
ExecStart=/bin/sh ${ waitingProgram }
Nice=10
# a line in the journal for each minute would help nobody
LogLevelMax=notice
`;

const timer = `# Email Gateway
[Unit]
Description=Email Gateway: looks after mail that waits, once a minute

[Timer]
OnActiveSec=20s
OnUnitInactiveSec=60s
AccuracySec=5s

[Install]
WantedBy=timers.target
`;

/** What looks after waiting mail on the server, also while the backend is away. */
export function waitingFiles( { systemd }: { systemd: boolean } ): DesiredFile[] {
	const why = 'once a minute: mail that waits for a person never expires, and never storms the provider';
	return [
		{ name: waitingProgram, content: program, mode: '0644', why },
		...( systemd
			? [
					{
						name: '/etc/systemd/system/email-gateway-waiting.service',
						content: service,
						mode: '0644' as const,
						why,
					},
					{ name: `/etc/systemd/system/${ waitingTimer }`, content: timer, mode: '0644' as const, why },
			  ]
			: [
					{
						name: '/etc/cron.d/email-gateway-waiting',
						content: `# Email Gateway\n* * * * * root /bin/sh ${ waitingProgram }\n`,
						mode: '0644' as const,
						why,
					},
			  ] ),
	];
}
