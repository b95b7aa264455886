// The start page of the live rooms: makes a name, or takes one.

import { complain } from '../page.js';
import { explainInsecure } from '../secure.js';
import { faultOf, randomName } from './names.js';

const name = document.querySelector('#name');

explainInsecure();

document.querySelector('#make').addEventListener('click', () => enter(randomName()));

document.querySelector('#enter').addEventListener('submit', (event) => {
  event.preventDefault();
  const wanted = name.value.trim();
  const fault = faultOf(wanted);
  complain(fault);
  if (fault === '') {
    enter(wanted);
  } else {
    name.focus();
  }
});

function enter(room) {
  location.href = `/live/${encodeURIComponent(room)}`;
}
