// Only for tests
import type { Cases } from './case.ts';

const version = { '/usr/lib/php/8.2/': '' };
const ini = ( text: string ) => ( { ...version, '/etc/php/8.2/fpm/php.ini': `[PHP]\n${ text }\n` } );

export const php: Cases = {
	of: [ 'php' ],
	cases: [
		{ name: 'a server without PHP sends no other way', run: 'php_around' },
		{
			name: 'another program than sendmail is told without what follows it, which may be a password',
			files: ini( 'sendmail_path = "/usr/sbin/ssmtp -t -ap hunter2"' ),
			run: 'php_around',
			prints: '/usr/sbin/ssmtp /etc/php/8.2/fpm/php.ini\n',
		},
		{
			name: 'sendmail itself is no other way, and neither is a comment',
			files: ini( ';sendmail_path = /usr/bin/msmtp\nsendmail_path = /usr/sbin/sendmail -t -i\nsendmail_path =' ),
			run: 'php_around',
		},
		{
			name: 'a pool of FPM may have a program of its own',
			files: {
				...version,
				'/etc/php/8.2/fpm/pool.d/a.conf': "php_admin_value[sendmail_path] = '/usr/bin/msmtp' -t",
			},
			run: 'php_around',
			prints: '/usr/bin/msmtp /etc/php/8.2/fpm/pool.d/a.conf\n',
		},
		{
			name: 'a site of Apache may have one',
			files: { ...ini( '' ), '/etc/apache2/sites-enabled/a.conf': '\tphp_admin_value sendmail_path "/bin/x"' },
			run: 'php_around',
			prints: '/bin/x /etc/apache2/sites-enabled/a.conf\n',
		},
		{
			name: 'a function that is forbidden is told where it is mail',
			files: ini( 'disable_functions = exec,mail' ),
			run: 'php_around',
			prints: '- /etc/php/8.2/fpm/php.ini\n',
		},
		{
			name: 'other functions with mail in their names may be forbidden',
			files: ini( 'disable_functions = mb_send_mail,imap_mail_compose' ),
			run: 'php_around',
		},
		{
			name: 'a script that calls sendmail hands on',
			files: {
				...ini( 'sendmail_path = /usr/local/bin/log' ),
				'/usr/local/bin/log': '#!/bin/sh\nexec sendmail -t',
			},
			run: 'php_around',
		},
		{
			name: 'what a version left behind that is gone is no matter',
			files: { '/etc/php/7.4/fpm/php.ini': 'sendmail_path = /usr/bin/msmtp' },
			run: 'php_around',
		},
		{
			name: 'copies of dpkg beside it are not read',
			files: { ...ini( '' ), '/etc/php/8.2/fpm/php.ini.dpkg-old': 'sendmail_path = /usr/bin/msmtp' },
			run: 'php_around',
		},
	],
};
