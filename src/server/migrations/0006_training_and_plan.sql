-- 認定. Once per person.
create table certifications (
  city             text not null references cities,
  certification_id uuid not null,
  learner_id       uuid not null,
  certified_on     date not null,
  number           text not null,
  primary key (city, certification_id),
  unique (city, learner_id),
  unique (city, number),
  foreign key (city, learner_id) references learners (city, learner_id)
);

-- 指標. The plan's promises are data; only what can be counted is code.
create table indicators (
  city         text not null references cities,
  indicator_id uuid not null,
  body         jsonb not null,                      -- Indicator in kpi/domain/indicator.ts
  primary key (city, indicator_id)
);

-- 手続台帳・施設台帳.
create table register_items (
  city       text not null references cities,
  item_id    uuid not null,
  measure    text not null check (measure in ('procedures', 'facilities')),
  name       text not null,
  started_on date not null,
  primary key (city, item_id),
  unique (city, measure, name)
);
