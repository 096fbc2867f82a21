// Only for tests
import type { Cases } from './case.ts';

const main = ( value: string ) => ( {
	'/etc/postfix/main.cf': `relayhost = x\nsmtp_sasl_password_maps = ${ value }\n`,
} );

export const configuration: Cases = {
	of: [ 'configuration' ],
	cases: [
		{
			name: 'the generation is that of the maps in main.cf',
			files: main( 'texthash:/etc/postfix/gateway-12/sasl_passwd' ),
			run: 'generation_in_use',
			prints: '12\n',
		},
		{
			name: 'a main.cf of others has no generation',
			files: main( 'hash:/etc/postfix/sasl_passwd' ),
			run: 'generation_in_use',
		},
		{ name: 'without main.cf there is no generation', run: 'generation_in_use' },
		{
			name: 'a path that only looks like ours is none',
			files: main( 'texthash:/etc/postfix/gateway-1/../x/sasl_passwd' ),
			run: 'generation_in_use',
		},
		{
			name: 'a comment tells no generation',
			files: {
				'/etc/postfix/main.cf': '#smtp_sasl_password_maps = texthash:/etc/postfix/gateway-12/sasl_passwd\n',
			},
			run: 'generation_in_use',
		},
		{
			name: 'files of others are neither those of the package nor ours',
			commands: { 'dpkg -L postfix': '/etc/postfix\n/etc/postfix/postfix-script\n' },
			files: {
				...{ '/etc/postfix/main.cf': '', '/etc/postfix/master.cf': '', '/etc/postfix/postfix-script': '' },
				...{
					'/etc/postfix/gateway-3/sasl_passwd': '',
					'/etc/postfix/main.cf.proto': '',
					'/etc/postfix/makedefs.out': '',
				},
				...{
					'/etc/postfix/dynamicmaps.cf': '',
					'/etc/postfix/dynamicmaps.cf.d/pcre': '',
					'/etc/postfix/main.cf.dpkg-old': '',
				},
				...{
					'/etc/postfix/virtual': '',
					'/etc/postfix/sasl/smtpd.conf': '',
					'/etc/postfix/gateway-mine/x': '',
				},
				'/etc/postfix/link': '-> /nowhere',
			},
			run: 'files_of_others',
			prints: '/etc/postfix/gateway-mine/x\n/etc/postfix/link\n/etc/postfix/sasl/smtpd.conf\n/etc/postfix/virtual\n',
		},
		{ name: 'without a folder of Postfix there are no files of others', run: 'files_of_others || true' },
		{
			name: 'a password of ssmtp is an old credential, however it is written',
			files: { '/etc/ssmtp/ssmtp.conf': 'mailhub=x\n  authpass=secret\n' },
			run: 'holds_old_credential /etc/ssmtp/ssmtp.conf',
		},
		{
			name: 'a configuration without a password is none',
			files: { '/etc/ssmtp/ssmtp.conf': '#AuthPass=\nmailhub=x\n' },
			run: 'holds_old_credential /etc/ssmtp/ssmtp.conf',
			code: 1,
		},
		{
			name: 'a link is no credential of ours to move',
			files: { '/etc/ssmtp/ssmtp.conf': '-> /srv/ssmtp.conf', '/srv/ssmtp.conf': 'AuthPass=x\n' },
			run: 'holds_old_credential /etc/ssmtp/ssmtp.conf',
			code: 1,
		},
		{ name: 'a file that is not there holds nothing', run: 'holds_old_credential /etc/ssmtp/ssmtp.conf', code: 1 },
	],
};
