// What the interface says about indicators, in Dutch.
export const nlIndicators = {
  'indicators.title': 'Cijfers',
  'indicators.lead': 'Wat hier wordt geteld, en hoe. Elk cijfer heeft zijn eigen definitie; leg '
    + 'cijfers met een andere definitie niet op een rij.',
  'indicators.none': 'Er zijn geen cijfers die u mag zien.',
  'indicators.definition': 'Definitie',
  'indicators.perspective': 'Wie zegt dit?',
  'indicators.on': 'Peildatum',
  'indicators.days': 'Welke dagen tellen mee',
  'indicators.counted': 'Geteld over',
  'indicators.rows': 'Waarvan geteld',
  'indicators.rule': 'Wat telt mee',
  'indicators.part': 'Welk deel',
  'indicators.by': 'Naar {title}',
  'indicators.value': '{title} ({unit})',
  'indicators.finding': '{title}, {dimension}: {values}.',
  'indicators.one': '{label} {number}',
  'indicators.noNumber': 'geen cijfer',
  'indicators.undetermined': 'Van {n} rijen is niet te bepalen of ze meetellen, omdat gegevens '
    + 'ontbreken. Ze tellen niet mee.',
  'indicators.undeterminedOne': 'Van 1 rij is niet te bepalen of die meetelt, omdat gegevens '
    + 'ontbreken. Die telt niet mee.',
  'indicators.partOpen': 'Van {n} getelde rijen is niet te bepalen of ze erbij horen. Ze tellen in '
    + 'het deel niet mee.',
  'indicators.partOpenOne': 'Van 1 getelde rij is niet te bepalen of die erbij hoort. Die telt in '
    + 'het deel niet mee.',
  'indicators.valueOpen': 'Van {n} getelde rijen ontbreekt de waarde. Ze zijn niet opgeteld.',
  'indicators.valueOpenOne': 'Van 1 getelde rij ontbreekt de waarde. Die is niet opgeteld.',
  'indicators.added': 'Opgeteld',
  'indicators.divided': 'Gedeeld door',
  'indicators.dividedBy': '{by} (het cijfer is per {per})',
  'indicators.valued': 'Waarde bekend bij',
  'indicators.valuedOf': '{n} van {rows}',
  'indicators.withheld': 'niet getoond',
  'indicators.withheldWhy': 'Niet getoond: verborgen zodat niemand te herkennen is. Lees geen nul.',
  'indicators.withheldLine': 'In de grafiek is dat een stippellijn.',
  'indicators.public': 'Geteld over wat iedereen mag zien: voor iedereen hetzelfde cijfer.',
  'indicators.own': 'Geteld over wat u mag zien. Een ander kan een ander cijfer zien. Niet om te '
    + 'publiceren: aantallen onder {threshold} worden dan eerst beschermd.',
  'indicators.said': '{title}: {number} {unit}, op {on}.',
  'indicators.saidNone': '{title}: {number}, op {on}.',
  'indicators.about': 'Wat is hier geteld?',
  'indicators.all': 'Alles over dit cijfer',
  'indicators.refused': 'U mag dit cijfer niet zien.',
  'indicators.absent': 'Dit cijfer is er niet, of u mag het niet zien.',
  'indicators.away': 'Dit cijfer is nu niet op te halen. Probeer het straks opnieuw.',
  'indicators.counting': 'Dit cijfer wordt nu geteld. Kijk over een minuut opnieuw.',
  'indicators.noDimension': 'Dit cijfer heeft deze indeling niet.',
  'indicators.noValues': 'Er is niets om in te delen.',
  'indicators.overlaps': 'Hetzelfde kan onder meer van deze tellen, dus samen zijn ze meer dan het '
    + 'totaal.',
  'indicators.order': 'De volgorde is vast: die van de lijst, of op naam. Nooit op aantal.',
};
