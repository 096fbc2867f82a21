import type { ReactNode } from 'react';
import { useEffect, useState } from '@wordpress/element';
import { Disclosure } from './disclosure.tsx';

interface FoldProps {
	summary: string;
	/** There is something in it that a person has to see: it opens, and stays open until the person closes it. */
	isNeeded: boolean;
	children: ReactNode;
}

/** Fields that most of the time need not be seen. They stay in the page while it is closed: nothing typed is lost. */
export function Fold( { summary, isNeeded, children }: FoldProps ) {
	const [ open, setOpen ] = useState( isNeeded );
	useEffect( () => setOpen( ( before ) => before || isNeeded ), [ isNeeded ] );
	return (
		<Disclosure summary={ summary } isOpen={ open } onToggle={ setOpen }>
			<div className="email-gateway-form">{ children }</div>
		</Disclosure>
	);
}
