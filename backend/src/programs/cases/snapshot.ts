// Only for tests
import { changing } from '../compose.ts';
import type { Cases } from './case.ts';
import { from, gives } from './restore.ts';

/** What is kept before a change. */
export const snapshot: Cases = {
	of: changing,
	cases: [
		gives(
			'a snapshot has what is there, and names what is not',
			{ '/etc/mailname': 'web1', '/etc/postfix/main.cf': 'theirs', '/etc/rc2.d/S01postfix': '' },
			{
				'/var/lib/email-gateway/undo/tree/etc/mailname': 'web1',
				'/var/lib/email-gateway/undo/tree/etc/postfix/main.cf': 'theirs',
				'/var/lib/email-gateway/undo/service': 'stopped enabled\n',
				'/var/lib/email-gateway/undo/accounts': 'user postfix\ngroup postfix\ngroup postdrop\ngroup ssl-cert\n',
				'/var/lib/email-gateway/undo.new': null,
			},
			{ run: 'take_snapshot && grep -c . "$state/undo/absent"', prints: '20\n', commands: {} }
		),
		gives(
			'a sendmail of somebody is in the snapshot, that of a package is not',
			{ '/usr/sbin/sendmail': 'mine' },
			{ '/var/lib/email-gateway/undo/tree/usr/sbin/sendmail': 'mine' },
			{ run: 'take_snapshot', commands: {} }
		),
		gives(
			'the sendmail of another package is brought by that',
			{ '/usr/sbin/sendmail': 'exim' },
			{
				'/var/lib/email-gateway/undo/tree/usr/sbin/sendmail': null,
				'/var/lib/email-gateway/undo/provider': 'exim4-daemon-light\n',
			},
			{ run: 'take_snapshot', commands: { 'dpkg -S *': 'exim4-daemon-light: /usr/sbin/sendmail\n' } }
		),
		gives(
			'waiting mail is saved with what postcat reads of it',
			{
				...{
					'/var/spool/postfix/maildrop/': '',
					'/var/spool/postfix/incoming/': '',
					'/var/spool/postfix/active/': '',
				},
				...{
					'/var/spool/postfix/hold/': '',
					'/var/spool/postfix/defer/': '',
					'/var/spool/postfix/deferred/A/A1': 'raw',
				},
				'/var/lib/email-gateway/removing': '\n',
			},
			{},
			{
				run: 'save_queue && cat "$saved_queue/messages/A1.eml" "$saved_queue/var/spool/postfix/deferred/A/A1" && stat -c %a "$saved_queue" && [ "$saved_queue" = "$(cat "$state/removing")" ]',
				commands: { 'postcat -bh *A1': 'text\n' },
				prints: 'text\nraw700\n',
			}
		),
		gives(
			'an empty queue is not saved',
			{},
			{ '/var/lib': null },
			{ run: 'save_queue; echo "[$saved_queue]"', prints: '[]\n' }
		),
		gives(
			'a queue that cannot be read whole is not saved',
			{ '/var/spool/postfix/deferred/A/A1': 'raw', '/var/lib/': '' },
			{},
			{ run: 'save_queue 2>/dev/null || { echo "[$saved_queue]"; exit 1; }', prints: '[]\n', code: 1 }
		),
		gives(
			'the configuration of a package that comes again is laid back over what it writes',
			{
				...{ '/etc/ssmtp/ssmtp.conf': 'mine', '/etc/ssmtp/revaliases': 'mine', '/etc/shared/x': 'others' },
			},
			{
				'/etc/ssmtp/ssmtp.conf': 'mine',
				'/etc/ssmtp/ssmtp.conf.dpkg-old': null,
				'/etc/ssmtp/revaliases': 'mine',
			},
			{
				run: `keep_configuration "$root${ from }" ssmtp && echo new >"$root/etc/ssmtp/ssmtp.conf" && echo old >"$root/etc/ssmtp/ssmtp.conf.dpkg-old" && rm "$root/etc/ssmtp/revaliases" && give_configuration "$root${ from }"; find "$root${ from }/configured" -type f | sed "s#.*/##" | sort`,
				commands: {
					'dpkg -L ssmtp': '/.\n/etc\n/etc/ssmtp\n/etc/ssmtp/ssmtp.conf\n/etc/shared\n',
					'dpkg -S /etc/ssmtp': 'ssmtp: /etc/ssmtp\n',
					'dpkg -S /etc/shared': 'ssmtp, other: /etc/shared\n',
					'dpkg-query -W -f ${source:Package}* ssmtp': 'ssmtp\n',
					'dpkg-query -W -f ${source:Package}* other': 'other\n',
				},
				prints: 'revaliases\nssmtp.conf\n',
			}
		),
		gives(
			'what looks after waiting mail is stopped and gone',
			{
				'/run/systemd/system/': '',
				'/etc/systemd/system/email-gateway-waiting.timer': '',
				'/usr/local/sbin/email-gateway-waiting': '',
			},
			{
				'/etc/systemd/system/email-gateway-waiting.timer': null,
				'/usr/local/sbin/email-gateway-waiting': null,
			},
			{
				run: 'leave_waiting_mail',
				commands: { 'systemctl *': 0 },
				calls: [ 'systemctl -q disable --now email-gateway-waiting.timer', 'systemctl daemon-reload' ],
			}
		),
	],
};
