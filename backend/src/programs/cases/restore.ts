// Only for tests
import { changing } from '../compose.ts';
import type { Case, Cases } from './case.ts';

export const from = '/undo';
const installed = { 'dpkg-query -W -f ${db:Status-Status} postfix': 'installed' };
const digest = { '/etc/mailname': '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881' };
/** One example of giving back `from`, or of taking it. */
export const gives = (
	name: string,
	files: Case[ 'files' ],
	leaves: Case[ 'leaves' ],
	more: Partial< Case > = {}
): Case => ( {
	name,
	commands: installed,
	run: `restore_files "$root${ from }"`,
	...more,
	files: { [ `${ from }/absent` ]: '', ...files },
	leaves,
} );

/** What gives back what a snapshot has. */
export const restore: Cases = {
	of: changing,
	cases: [
		gives(
			'a file that was changed is as it was',
			{ [ `${ from }/tree/etc/mailname` ]: 'before', '/etc/mailname': 'ours' },
			{ '/etc/mailname': 'before' }
		),
		gives(
			'a file that went is there again',
			{ [ `${ from }/tree/etc/mailname` ]: 'before', '/etc/': '' },
			{ '/etc/mailname': 'before' }
		),
		gives(
			'a file that came goes',
			{ [ `${ from }/absent` ]: '/etc/mailname\n', '/etc/mailname': 'ours' },
			{ '/etc/mailname': null }
		),
		gives(
			'a file of ours that others have changed since stays',
			{
				[ `${ from }/tree/etc/mailname` ]: 'before',
				[ `${ from }/after` ]: 'other-digest /etc/mailname\n',
				'/etc/mailname': 'by hand',
			},
			{ '/etc/mailname': 'by hand' }
		),
		gives(
			'a file that is as our commit left it is given back',
			{
				[ `${ from }/tree/etc/mailname` ]: 'before',
				[ `${ from }/after` ]: `${ digest[ '/etc/mailname' ] } /etc/mailname\n`,
				'/etc/mailname': 'x',
			},
			{ '/etc/mailname': 'before' }
		),
		gives(
			'a file that came and that others have changed since stays',
			{
				[ `${ from }/absent` ]: '/etc/mailname\n',
				[ `${ from }/after` ]: 'other-digest /etc/mailname\n',
				'/etc/mailname': 'by hand',
			},
			{ '/etc/mailname': 'by hand' }
		),
		gives(
			'the folder of Postfix is as it was, without ours',
			{
				...{
					[ `${ from }/tree/etc/postfix/main.cf` ]: 'theirs',
					[ `${ from }/tree/etc/postfix/virtual` ]: 'v',
					[ `${ from }/tree/etc/postfix/.hidden` ]: 'h',
				},
				...{
					'/etc/postfix/main.cf': 'ours',
					'/etc/postfix/master.cf': 'ours',
					'/etc/postfix/gateway-1/sasl_passwd': 'secret',
				},
			},
			{
				...{ '/etc/postfix/main.cf': 'theirs', '/etc/postfix/master.cf': null, '/etc/postfix/gateway-1': null },
				...{ '/etc/postfix/virtual': 'v', '/etc/postfix/.hidden': 'h', '/etc/postfix/.main.cf.restored': null },
			}
		),
		gives(
			'where there was no main.cf there is none again',
			{ [ `${ from }/tree/etc/postfix/virtual` ]: 'v', '/etc/postfix/main.cf': 'ours' },
			{ '/etc/postfix/main.cf': null }
		),
		gives(
			'a main.cf that was a link is one again',
			{
				[ `${ from }/tree/etc/postfix/main.cf` ]: '-> ../srv/main.cf',
				'/etc/postfix/main.cf': 'ours',
				'/etc/srv/main.cf': 'theirs',
			},
			{ '/etc/postfix/main.cf': 'theirs', '/etc/srv/main.cf': 'theirs' }
		),
		gives(
			'without Postfix its folder goes, but for what others keep there',
			{
				[ `${ from }/absent` ]: '/etc/postfix\n',
				...{ '/etc/postfix/main.cf': 'ours', '/etc/postfix/dkim/key': 'k', '/etc/postfix/gateway-1/x': '' },
			},
			{ '/etc/postfix/main.cf': null, '/etc/postfix/gateway-1': null, '/etc/postfix/dkim/key': 'k' },
			{ commands: {} }
		),
		gives(
			'a password that somebody wrote since is left alone',
			{ [ `${ from }/tree/etc/ssmtp/ssmtp.conf` ]: 'AuthPass=old\n', '/etc/ssmtp/ssmtp.conf': 'AuthPass=new\n' },
			{ '/etc/ssmtp/ssmtp.conf': 'AuthPass=new\n' },
			{ run: `give_back_credentials "$root${ from }"` }
		),
		gives(
			'a password that went is back before its package',
			{ [ `${ from }/tree/etc/ssmtp/ssmtp.conf` ]: 'AuthPass=old\n' },
			{ '/etc/ssmtp/ssmtp.conf': 'AuthPass=old\n' },
			{ run: `give_back_credentials "$root${ from }"; echo "$given_back"`, prints: ' /etc/ssmtp/ssmtp.conf\n' }
		),
		gives(
			'accounts that came with Postfix go with it',
			{ [ `${ from }/accounts` ]: 'user postfix\ngroup postdrop\ngroup ssl-cert\n' },
			{},
			{
				run: `remove_accounts "$root${ from }"; true`,
				commands: { 'getent *': 0, 'userdel postfix': 0, 'groupdel *': 0 },
				calls: [ 'userdel postfix', 'groupdel postdrop', 'groupdel ssl-cert' ],
			}
		),
		gives(
			'accounts of a Postfix that stays stay',
			{ [ `${ from }/accounts` ]: 'user postfix\ngroup postdrop\n' },
			{},
			{
				run: `remove_accounts "$root${ from }"; true`,
				commands: { ...installed, 'getent *': 0 },
				calls: [],
			}
		),
		gives(
			'a Postfix that was stopped and disabled is that again',
			{ [ `${ from }/service` ]: 'stopped disabled\n', '/run/systemd/system/': '', '/run/email-gateway/': '' },
			{},
			{
				run: `restore_service "$root${ from }"`,
				commands: { ...installed, 'systemctl *': 0 },
				calls: [ 'systemctl -q disable postfix', 'systemctl stop postfix' ],
			}
		),
		gives(
			'a Postfix that ran and does not start is told',
			{ [ `${ from }/service` ]: 'running enabled\n', '/run/systemd/system/': '', '/run/email-gateway/': '' },
			{},
			{
				run: `restore_service "$root${ from }" || exit 1`,
				commands: { ...installed, 'systemctl *': 0 },
				calls: [ 'systemctl -q enable postfix', 'systemctl start postfix' ],
				code: 1,
			}
		),
		gives(
			'without Postfix its service is nobody’s',
			{ [ `${ from }/service` ]: 'running enabled\n' },
			{},
			{
				run: `restore_service "$root${ from }"`,
				commands: {},
				calls: [],
			}
		),
		gives(
			'units that were masked are masked again',
			{ [ `${ from }/masked` ]: 'postfix.service /etc\n', '/etc/systemd/system/': '' },
			{},
			{
				run: `each_masked "$root${ from }" mask; readlink "$root/etc/systemd/system/postfix.service"`,
				prints: '/dev/null\n',
			}
		),
		gives(
			'units that were masked are unmasked for ours',
			{ [ `${ from }/masked` ]: 'postfix.service /run\n', '/run/systemd/system/postfix.service': '-> /dev/null' },
			{ '/run/systemd/system/postfix.service': null },
			{
				run: `each_masked "$root${ from }" rm -f`,
				commands: { 'systemctl daemon-reload': 0 },
				calls: [ 'systemctl daemon-reload' ],
			}
		),
	],
};
