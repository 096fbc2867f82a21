import type { ReactNode } from 'react';
import { applyFilters } from '@wordpress/hooks';
import type { ServerView } from '@email-gateway/shared';
import { Section } from '../ui/card.tsx';

/** A section that another plugin adds to the box of the gateway (docs/extending.md). */
interface ExtraSection {
	name: string;
	title: string;
	content: ReactNode;
}

const isSection = ( one: unknown ): one is ExtraSection =>
	typeof one === 'object' && one !== null && 'name' in one && 'title' in one && 'content' in one;

export function ExtraSections( { view }: { view: ServerView } ) {
	const told = applyFilters( 'emailGateway.serverSections', [], view );
	return (
		<>
			{ ( Array.isArray( told ) ? told : [] ).filter( isSection ).map( ( { name, title, content } ) => (
				<Section key={ name } title={ title }>
					{ content }
				</Section>
			) ) }
		</>
	);
}
