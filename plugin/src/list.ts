import { fillList } from './list/fill-list.ts';
import './pill.css';
import './list/list.css';

void fillList();
