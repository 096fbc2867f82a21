import { providerSenders } from './provider-senders.ts';

/** Domains where everybody may have a mailbox: an address of ours that we make up there is somebody's. */
const others = [
	...[
		'outlook.com',
		'hotmail.com',
		'live.com',
		'msn.com',
		'gmx.de',
		'gmx.net',
		'gmx.com',
		'gmx.at',
		'gmx.ch',
		'web.de',
	],
	...[
		't-online.de',
		'freenet.de',
		'mail.com',
		'proton.me',
		'protonmail.com',
		'zoho.com',
		'zohomail.com',
		'tutanota.com',
	],
	...[
		'mail.ru',
		'yandex.ru',
		'yandex.com',
		'qq.com',
		'163.com',
		'126.com',
		'orange.fr',
		'free.fr',
		'laposte.net',
		'libero.it',
	],
	...[ 'yahoo.co.uk', 'yahoo.de', 'yahoo.fr', 'hotmail.co.uk', 'hotmail.fr', 'outlook.de', 'comcast.net', 'att.net' ],
];
const domains = new Set( [
	...Object.values( providerSenders ).flatMap( ( { domains: own = [] } ) => own ),
	...others,
] );

export const isPublicMailDomain = ( domain: string ) => domains.has( domain );
