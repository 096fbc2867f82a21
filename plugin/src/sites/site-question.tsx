import type { CapLimits, RequestOf, SendingUser } from '@email-gateway/shared';
import { userName } from '../words/sites.ts';
import { CapQuestion } from './cap-question.tsx';
import { PauseQuestion } from './pause-question.tsx';
import type { Asked } from './site-buttons.tsx';

interface Props {
	what: Exclude< Asked[ 'what' ], 'route' | 'backup' >;
	/** Null: all without a cap of their own. */
	user: SendingUser | null;
	usualCap: CapLimits | null;
	onAnswer: < Name extends 'pauseSite' | 'resumeSite' | 'capSite' >( name: Name, body: RequestOf< Name > ) => void;
	onCancel: () => void;
}

/** What is asked about a user, or about all without a cap of their own. */
export function SiteQuestion( { what, user, usualCap, onAnswer, onCancel }: Props ) {
	if ( what !== 'cap' ) {
		return (
			user && (
				<PauseQuestion
					user={ user }
					resumes={ what === 'resume' }
					onPause={ ( how ) => onAnswer( 'pauseSite', { uid: user.uid, how } ) }
					onResume={ ( held ) => onAnswer( 'resumeSite', { uid: user.uid, held } ) }
					onCancel={ onCancel }
				/>
			)
		);
	}
	const own = user === null ? usualCap && { limits: usualCap } : user.cap?.own ? user.cap : null;
	return (
		<CapQuestion
			user={ user && userName( user ) }
			kind={ own === null ? 'usual' : own.limits === null ? 'never' : 'limits' }
			limits={ own?.limits ?? usualCap }
			onSave={ ( cap ) => onAnswer( 'capSite', { uid: user?.uid ?? null, cap } ) }
			onCancel={ onCancel }
		/>
	);
}
