import type { DataSourceOptions } from 'typeorm';

export const entities: DataSourceOptions['entities'] = [];
