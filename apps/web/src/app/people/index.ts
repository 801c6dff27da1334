export { PeoplePicker } from './people-picker';
export { PeopleSearch } from './people-search';
export { PersonRow } from './person-row';
