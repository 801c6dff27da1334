export { Blocking } from './blocking';
export { PeoplePicker } from './people-picker';
export { PeopleSearch } from './people-search';
export { ProfileCard } from './profile-card';
export { Profiles } from './profile-dialog';
export { PersonRow } from './person-row';
