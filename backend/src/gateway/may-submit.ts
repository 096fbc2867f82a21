import { capsPutOff } from './caps.ts';
import type { Parameter } from './main-cf.ts';
import { hasRefused } from './pauses.ts';
import type { Rules } from './rules.ts';

/** Who may hand mail to sendmail: postdrop(1) reads these tables each time. */
export function maySubmit( { paused, caps }: Rules, folder: string ): Parameter {
	const refused = hasRefused( paused ) ? [ `!texthash:${ folder }/refused_users` ] : [];
	const putOff = caps.length > 0 ? [ `!texthash:${ capsPutOff }` ] : [];
	const why = [
		'every site and service may send',
		...( refused.length > 0 ? [ 'but for those whose sending is paused and refused' ] : [] ),
		...( putOff.length > 0 ? [ 'and for those who are over their cap while too much of theirs waits' ] : [] ),
	].join( ', ' );
	return { name: 'authorized_submit_users', value: [ ...refused, ...putOff, 'static:all' ].join( ', ' ), why };
}
