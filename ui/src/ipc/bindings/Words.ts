// Written by `make generate` from src-tauri/crates/app/words/window/en.json.

/** The words that the window alone says: those with places are functions of what stands in them. */
export interface Words {
  accounts: {
    add: {
      organisation: string;
      person: string;
      personal: string;
      team: string;
    };
    addAbout: {
      organisation: string;
      person: string;
      personal: string;
      team: string;
    };
    addIt: string;
    addKilo: string;
    hidden: string;
    hiddenAbout: string;
    hide: string;
    kiloAsked: (places: { login: string }) => string;
    kinds: {
      organisation: string;
      person: string;
      personal: string;
      team: string;
    };
    madeUp: string;
    nameOf: (places: { name: string }) => string;
    newName: string;
    newNameUsual: {
      organisation: string;
      person: string;
      personal: string;
      team: string;
    };
    noKilo: string;
    rename: string;
    show: string;
    title: string;
  };
  alerts: {
    bonus: (places: { at: string; left: string }) => string;
    guard: (places: { charge: string; guard: string }) => string;
    little: (places: { below: string; left: string }) => string;
    overage: (places: { charge: string }) => string;
    runOut: (places: { at: string }) => string;
    title: (places: { account: string }) => string;
    used: (places: { left: string; percent: string; renews: string }) => string;
    usedUp: (places: { renews: string }) => string;
  };
  allAccounts: {
    account: string;
    at: string;
    attention: {
      accounts: (places: { count: number }) => string;
      none: string;
      some: (places: { all: string; count: number }) => string;
    };
    charged: string;
    left: string;
    nothing: string;
    someUnknown: string;
    sum: string;
    sumLeavesOut: {
      owed: string;
      topUps: string;
      usedByThen: string;
    };
    sumOfSamples: string;
    total: (places: { sum: string }) => string;
    totalUnknown: string;
  };
  axis: {
    about: string;
    aboutKiro: string;
    aboutRecorded: string;
    aheadBy: (places: { credits: string }) => string;
    atEnd: (places: { credits: string }) => string;
    beforeBy: (places: { credits: string; month: string }) => string;
    beforeHere: (places: { month: string }) => string;
    between: (places: { high: string; low: string }) => string;
    columnAhead: string;
    columnBefore: (places: { month: string }) => string;
    columnEven: string;
    columnRange: string;
    columnRecorded: string;
    columnUsed: string;
    evenBy: (places: { credits: string }) => string;
    inAll: (places: { credits: string }) => string;
    inPlan: (places: { credits: string }) => string;
    label: string;
    left: (places: { credits: string }) => string;
    legendAhead: string;
    legendAll: string;
    legendBefore: (places: { month: string }) => string;
    legendEven: string;
    legendHere: string;
    legendRange: string;
    notKnown: string;
    range: (places: { high: string; low: string }) => string;
    recordedBy: (places: { credits: string }) => string;
    renews: (places: { day: string }) => string;
    reported: {
      about: (places: { month: string }) => string;
      aboutClosed: (places: { month: string }) => string;
      label: (places: { month: string }) => string;
      title: string;
      until: string;
    };
    runsOut: (places: { day: string }) => string;
    soFar: (places: { credits: string }) => string;
    spent: {
      about: string;
      aboutAlone: string;
      by: (places: { dollars: string }) => string;
      column: string;
      columnMarks: string;
      ends: (places: { day: string }) => string;
      label: string;
      legendMarks: string;
      markOn: (places: { day: string; what: string }) => string;
      marks: {
        priced: {
          bought: (places: { dollars: string }) => string;
          expired: (places: { dollars: string }) => string;
          expires: (places: { dollars: string }) => string;
          renews: (places: { dollars: string }) => string;
          "tops-up": (places: { dollars: string }) => string;
        };
        unpriced: {
          bought: string;
          expired: string;
          expires: string;
          "pass-ends": string;
          renews: string;
          "tops-up": string;
        };
      };
      measure: (places: { dollars: string }) => string;
      notKnown: string;
      soFar: (places: { dollars: string }) => string;
      title: string;
    };
    title: string;
    today: string;
    used: (places: { credits: string }) => string;
    usedBy: (places: { credits: string }) => string;
  };
  cards: {
    balanceUntil: (places: { day: string }) => string;
    creditsUntil: (places: { day: string }) => string;
    failed: string;
    noLimit: string;
    suspended: string;
    toTell: string;
  };
  common: {
    asOf: (places: { moment: string }) => string;
    cancel: string;
    chart: string;
    copyPicture: string;
    copyPictureOf: (places: { title: string }) => string;
    credits: {
      several: (places: { credits: string }) => string;
      single: (places: { credits: string }) => string;
    };
    day: string;
    dismiss: string;
    inPart: string;
    loading: string;
    note: string;
    pictureCopied: string;
    pictureNotCopied: string;
    saveCsv: string;
    saveCsvOf: (places: { title: string }) => string;
    savedAs: (places: { path: string }) => string;
    showAll: (places: { many: number }) => string;
    showFewer: string;
    table: string;
    takesLonger: (places: { view: string }) => string;
    tax: string;
    undo: string;
  };
  dates: {
    choose: string;
    form: string;
    missing: string;
    monthAfter: string;
    monthBefore: string;
    tooEarly: (places: { first: string }) => string;
    tooLate: (places: { last: string }) => string;
    wrong: (places: { example: string }) => string;
  };
  facts: {
    alwaysBy: (places: { list: string }) => string;
    asThePlan: string;
    asksSince: (places: { firstPaid: string }) => string;
    bonus: string;
    bonusAbout: {
      open: (places: { count: number; credits: string }) => string;
      until: (places: { before: string; count: number; credits: string }) => string;
    };
    country: string;
    countryAbout: string;
    eachMonth: string;
    eachMonthAbout: string;
    endedAbout: string;
    firstPaid: string;
    firstPaidAbout: string;
    firstPaidEver: string;
    firstPaymentAbout: (places: { most: string }) => string;
    firstPaymentCredit: string;
    further: string;
    noBonus: (places: { before: string }) => string;
    notKnown: string;
    notSold: string;
    nothingChanged: string;
    overageOn: string;
    ownLimit: string;
    ownLimitAbout: string;
    plan: string;
    planAbout: string;
    planFromKiro: string;
    planSince: string;
    planSinceAbout: string;
    priceList: string;
    signUp: string;
    tax: string;
    taxAbout: string;
    withOverage: string;
    withPacks: string;
  };
  firstRun: {
    about: {
      alone: string;
      asking: string;
    };
    andDescribe: string;
    askKilo: string;
    askThroughCommand: string;
    askWithLogin: string;
    backTo: (places: { account: string }) => string;
    connect: string;
    describe: string;
    found: string;
    fromKiro: string;
    kiloLogin: string;
    kiloLoginAbout: string;
    kinds: {
      organisation: {
        about: string;
        title: string;
      };
      person: {
        about: string;
        title: string;
      };
      personal: {
        about: string;
        title: string;
      };
      team: {
        about: string;
        title: string;
      };
    };
    loginAbout: string;
    noKiloLogin: string;
    noSessions: string;
    organisationAbout: string;
    readEstimates: (places: { count: number }) => string;
    readEstimatesAbout: string;
    readSessions: (places: { count: number }) => string;
    readSessionsAbout: string;
    submit: string;
    title: string;
    whatFor: string;
    yourAccount: string;
    yourKilo: string;
    yourOrganisation: string;
  };
  history: {
    about: string;
    again: string;
    bringBack: string;
    changed: {
      gone: (places: { detail: string }) => string;
      to: (places: { detail: string; to: string }) => string;
    };
    detail: {
      country: string;
      "first-paid": string;
      "first-payment-credit": string;
      "own-limit": string;
      plan: string;
      "plan-since": string;
      "price-list": string;
      "sign-up": string;
      tax: string;
    };
    details: {
      changed: (places: { changes: string }) => string;
      unchanged: string;
    };
    grant: (places: { credits: string; name: string }) => string;
    nothing: string;
    overageSwitch: {
      off: string;
      on: string;
    };
    pack: {
      priced: (places: { amount: string }) => string;
      unpriced: string;
    };
    planChange: (places: { plan: string }) => string;
    removed: (places: { name: string }) => string;
    stays: string;
    takenBack: string;
    unreadable: string;
    until: (places: { moment: string }) => string;
  };
  import: {
    arrived: {
      all: string;
      asThat: (places: { is: string; wanted: string }) => string;
      before: string;
      bringAsThat: string;
      busy: string;
      choose: {
        alone: (places: { month: string }) => string;
        ofPayer: (places: { month: string; payer: string }) => string;
      };
      done: string;
      drop: string;
      files: string;
      folders: string;
      is: {
        "aws-cost": string;
        identities: string;
        "kilo-database": string;
        "kilo-usage": string;
        "kiro-activity": string;
        "kiro-ide-sessions": string;
        "kiro-sessions": string;
      };
      issue: (places: { amount: string }) => string;
      nothing: string;
      others: (places: { count: number }) => string;
      over: (places: { count: number }) => string;
      title: string;
    };
    file: string;
    folder: string;
    found: string;
    kinds: {
      "aws-cost": {
        about: string;
        title: string;
      };
      identities: {
        about: string;
        title: string;
      };
      "kilo-database": {
        about: string;
        title: string;
      };
      "kilo-usage": {
        about: string;
        title: string;
      };
      "kiro-activity": {
        about: string;
        title: string;
      };
      "kiro-ide-sessions": {
        about: string;
        title: string;
      };
      "kiro-sessions": {
        about: string;
        title: string;
      };
    };
    looking: string;
    notFound: string;
    running: {
      seconds: (places: { seconds: string }) => string;
      what: (places: { what: string }) => string;
    };
    sessionsIn: (places: { count: number; folder: string }) => string;
    stop: string;
    stopAbout: string;
  };
  imported: {
    bad: (places: { count: number }) => string;
    besides: (places: { auxiliary: string }) => string;
    bill: {
      currency: (places: { amount: string; currency: string; month: string }) => string;
      decided: {
        done: (places: { amount: string; bill: string; from: string; others: string }) => string;
        would: (places: { amount: string; bill: string; from: string; others: string }) => string;
      };
      issue: (places: { amount: string; from: string }) => string;
      new: {
        done: (places: { amount: string; bill: string }) => string;
        would: (places: { amount: string; bill: string }) => string;
      };
      ofPayer: (places: { month: string; payer: string }) => string;
      older: (places: { bill: string; issue: string; leads: string }) => string;
      olderImport: string;
      refused: {
        done: (places: { month: string; payers: string }) => string;
        would: (places: { month: string; payers: string }) => string;
      };
      refusedOver: {
        done: (places: { amount: string; month: string; payers: string }) => string;
        would: (places: { amount: string; month: string; payers: string }) => string;
      };
      replaced: {
        done: (places: { amount: string; before: string; bill: string; from: string }) => string;
        would: (places: { amount: string; before: string; bill: string; from: string }) => string;
      };
      undecided: (places: { bill: string; issues: string }) => string;
      unreadable: {
        done: (places: { amount: string; bill: string; from: string }) => string;
        would: (places: { amount: string; bill: string; from: string }) => string;
      };
    };
    cameOf: (places: { came: string; read: string }) => string;
    copiedRequests: (places: { count: number }) => string;
    copies: (places: { count: number }) => string;
    estimates: string;
    filesRead: (places: { count: number }) => string;
    from: (places: { count: number; read: string }) => string;
    inAll: (places: { amount: string }) => string;
    kinds: {
      "aws-cost": {
        added: (places: { count: number }) => string;
        read: (places: { count: number }) => string;
      };
      identities: {
        added: (places: { count: number }) => string;
        read: (places: { count: number }) => string;
      };
      "kilo-database": {
        added: (places: { count: number }) => string;
        read: (places: { count: number }) => string;
      };
      "kilo-usage": {
        added: (places: { count: number }) => string;
        read: (places: { count: number }) => string;
      };
      "kiro-activity": {
        added: (places: { count: number }) => string;
        read: (places: { count: number }) => string;
      };
      "kiro-ide-sessions": {
        added: (places: { count: number }) => string;
        read: (places: { count: number }) => string;
      };
      "kiro-sessions": {
        added: (places: { count: number }) => string;
        read: (places: { count: number }) => string;
      };
    };
    known: (places: { count: number }) => string;
    least: (places: { count: number }) => string;
    leftOut: (places: { count: number }) => string;
    line: (places: { line: string }) => string;
    more: (places: { many: number }) => string;
    noCost: (places: { count: number }) => string;
    nothingNew: string;
    replaced: (places: { count: number }) => string;
    sessionsRead: (places: { count: number }) => string;
    skipped: (places: { count: number }) => string;
    undated: (places: { count: number }) => string;
    unmetered: (places: { count: number; read: string }) => string;
    unreadable: (places: { count: number }) => string;
    would: (places: { added: string }) => string;
  };
  invoices: {
    allCsv: string;
    charged: (places: { moment: string }) => string;
    empty: string;
    emptyOf: {
      organisation: string;
      person: string;
      personal: string;
      team: string;
    };
    footer: string;
    list: string;
    notesHeading: string;
    quoted: string;
    running: string;
    saveCsv: string;
    saveJson: string;
    savePdf: (places: { period: string }) => string;
    savePeriod: string;
    toBeCharged: (places: { moment: string }) => string;
    upcomingNote: (places: { moment: string; utc: string }) => string;
    withNames: string;
  };
  kiloKey: {
    about: string;
    field: string;
    forget: string;
    keep: string;
    kept: string;
  };
  kinds: {
    organisation: string;
    person: string;
    personal: string;
    team: string;
  };
  lines: {
    between: (places: { high: string; low: string }) => string;
    fullMonth: string;
  };
  live: {
    againIn: (places: { seconds: string }) => string;
    askingKilo: string;
    askingKiro: string;
    commandCopied: string;
    commandNotCopied: (places: { command: string }) => string;
    copyCommand: (places: { command: string }) => string;
    notFollowed: (places: { at: string }) => string;
    notRefreshed: (places: { ago: string }) => string;
    otherMonth: (places: { at: string }) => string;
    quotedByKilo: (places: { ago: string }) => string;
    refreshed: (places: { figure: string }) => string;
    shownFrom: (places: { ago: string }) => string;
  };
  logins: {
    about: string;
    choose: string;
    chosen: string;
    isChosen: string;
    left: (places: { credits: string }) => string;
    nobody: string;
    notAsked: string;
    nothing: string;
    title: string;
    toChoose: string;
    undecided: string;
    used: (places: { credits: string }) => string;
    whatIsLeft: string;
  };
  months: {
    after: (places: { month: string }) => string;
    before: (places: { month: string }) => string;
    noneAfter: string;
    noneBefore: string;
    title: string;
  };
  notices: {
    doubled: (places: { double: string; doubleId: string; first: string; firstId: string }) => string;
    doubledAbout: string;
    onlyThere: {
      and: (places: { entries: string; tasks: string }) => string;
      entries: (places: { count: number }) => string;
      lost: (places: { id: string; lost: string; name: string }) => string;
      nothing: (places: { id: string; name: string }) => string;
      tasks: (places: { count: number }) => string;
    };
    removeDouble: (places: { id: string; name: string }) => string;
    title: string;
  };
  organisation: {
    between: (places: { high: string; low: string }) => string;
    billOf: (places: { count: number; month: string }) => string;
    billed: string;
    billedFor: (places: { month: string }) => string;
    byProfile: string;
    byTheEnd: (places: { month: string }) => string;
    byTier: string;
    computedFrom: {
      rows: (places: { count: number }) => string;
      until: (places: { count: number; last: string }) => string;
    };
    inMonth: (places: { month: string }) => string;
    monthBefore: (places: { month: string }) => string;
    noBill: string;
    noReports: string;
    noReportsAbout: string;
    noReportsIn: (places: { month: string }) => string;
    notKnown: string;
    parts: {
      credits: string;
      discounts: string;
      other: string;
      rounding: string;
      subscriptions: string;
    };
    profile: string;
    used: {
      credits: (places: { credits: string }) => string;
      creditsUnknown: string;
      subscriptions: (places: { count: number }) => string;
      used: (places: { credits: string; subscriptions: string }) => string;
      withOverage: (places: { credits: string; overage: string; subscriptions: string }) => string;
    };
  };
  overage: {
    allow: (places: { price: string }) => string;
    allowConsequence: (places: { allowance: string; price: string }) => string;
    atThisPace: {
      off: (places: { charge: string; credits: string }) => string;
      on: (places: { charge: string; credits: string }) => string;
    };
    confirmed: {
      off: (places: { at: string }) => string;
      on: (places: { at: string }) => string;
    };
    goesOff: (places: { day: string }) => string;
    goesOn: (places: { allowance: string; price: string }) => string;
    none: {
      allUsed: (places: { plan: string }) => string;
      at: (places: { allowance: string; plan: string }) => string;
    };
    noneNeeded: string;
    notConfirmed: {
      off: string;
      on: string;
    };
    off: string;
    on: string;
    onlyRecorded: string;
    paceConsequence: (places: { charge: string }) => string;
    packLasts: {
      ended: string;
      ends: (places: { from: string }) => string;
      lasts: (places: { end: string; price: string; until: string }) => string;
      toReset: string;
      until: (places: { until: string }) => string;
    };
    packs: (places: { allowance: string; credits: string; price: string }) => string;
    packsTitle: string;
    packsToTheEnd: (places: { credits: string; price: string }) => string;
    pauses: {
      allUsed: string;
      at: (places: { allowance: string }) => string;
    };
    question: (places: { consequence: string }) => string;
    requested: {
      off: (places: { at: string }) => string;
      on: (places: { at: string }) => string;
    };
    since: (places: { moment: string }) => string;
    statePack: string;
    staysOnBill: {
      priced: (places: { charge: string; credits: string }) => string;
      unpriced: (places: { credits: string }) => string;
    };
    stillOn: string;
    stop: (places: { allowance: string }) => string;
    stopConsequence: string;
    title: string;
    unlimited: string;
    unlisted: (places: { plan: string }) => string;
  };
  overview: {
    aMonth: (places: { allowance: string }) => string;
    atLeast: string;
    atMost: string;
    atMostFigure: (places: { credits: string }) => string;
    beforeSignUp: (places: { count: number }) => string;
    beyond: string;
    comparePlans: string;
    costsNothing: (places: { plan: string }) => string;
    creditsAMonth: string;
    creditsLeft: string;
    creditsUsed: string;
    daysFromKiro: string;
    goneBefore: (places: { credits: string; moment: string }) => string;
    ifNothingMore: string;
    leftOf: (places: { allowance: string; left: string }) => string;
    nextCharge: string;
    nextPlan: (places: { day: string; plan: string }) => string;
    nextRenewal: string;
    noLimitUsed: (places: { used: string }) => string;
    overageByPrice: (places: { difference: string; price: string }) => string;
    overageCap: {
      priced: (places: { cap: string; left: string; most: string }) => string;
      unpriced: (places: { cap: string; left: string }) => string;
    };
    overageCapReached: {
      priced: (places: { cap: string; most: string }) => string;
      unpriced: (places: { cap: string }) => string;
    };
    overageSoFar: {
      priced: (places: { charge: string; credits: string }) => string;
      unpriced: (places: { credits: string }) => string;
    };
    planChanged: (places: { after: string; before: string; since: string; until: string }) => string;
    planDiffers: (places: { plan: string; quoted: string }) => string;
    planUsedUp: (places: { extra: string }) => string;
    pool: {
      bonus: string;
      pack: string;
      plan: string;
      trial: string;
    };
    poolEnded: string;
    poolFrom: {
      kiro: string;
      stated: string;
    };
    poolLeft: {
      left: (places: { allowance: string; left: string }) => string;
      of: (places: { allowance: string }) => string;
      unknown: string;
    };
    poolUntil: (places: { day: string }) => string;
    poolUsedUp: {
      all: (places: { allowance: string }) => string;
      unknown: string;
    };
    putAway: string;
    recentDays: string;
    renews: (places: { moment: string; time: string }) => string;
    shared: string;
    sharedUsed: {
      alone: (places: { used: string }) => string;
      of: (places: { allowance: string; used: string }) => string;
    };
    showLeft: string;
    showUsage: string;
    showUsed: string;
    unknownThatDay: (places: { count: number }) => string;
    whilePaused: (places: { count: number }) => string;
    withoutOverage: string;
    yourCredits: string;
    yourTime: (places: { utc: string }) => string;
  };
  palette: {
    account: (places: { name: string }) => string;
    actions: {
      "add-account": string;
      "all-accounts": string;
      autostart: string;
      "back-up": string;
      battery: string;
      csv: string;
      dark: string;
      "delete-all": string;
      density: string;
      "export-all": string;
      folder: string;
      hide: string;
      "hide-account": string;
      "import-files": string;
      "import-folders": string;
      json: string;
      kilo: string;
      kiro: string;
      light: string;
      "month-after": string;
      "month-before": string;
      notifications: string;
      overage: string;
      pdf: string;
      picture: string;
      problem: string;
      refresh: string;
      "remove-account": string;
      samples: string;
      scenario: string;
      "session-names": string;
      shortcuts: string;
      system: string;
      tray: string;
      undo: string;
      upgrade: string;
      "zoom-in": string;
      "zoom-out": string;
      "zoom-reset": string;
    };
    goTo: (places: { view: string }) => string;
    language: (places: { name: string }) => string;
    nothing: string;
    placeholder: string;
    refresh: string;
    section: (places: { name: string }) => string;
    sections: {
      about: string;
      account: string;
      accounts: string;
      alerts: string;
      danger: string;
      data: string;
      history: string;
      import: string;
      live: string;
      look: string;
      reports: string;
    };
    show: string;
    showAccount: string;
    title: string;
  };
  personal: {
    amountUnknown: (places: { day: string }) => string;
    bonusAhead: (places: { bonus: string; more: string }) => string;
    bonusThere: (places: { bonus: string }) => string;
    bonusUnknownAhead: (places: { more: string }) => string;
    byPurchase: string;
    byPurchaseAt: (places: { moment: string }) => string;
    byTheYear: string;
    facts: string;
    forPass: string;
    giftStays: string;
    machineIncludes: {
      known: (places: { amount: string }) => string;
      unknown: string;
    };
    monthEnds: string;
    monthIsOver: (places: { day: string }) => string;
    months: (places: { count: number }) => string;
    nextBonus: string;
    nothingForPass: string;
    nothingNext: string;
    passIs: {
      ends: string;
      endsAt: (places: { day: string }) => string;
      fails: string;
      none: string;
      over: string;
      paused: string;
      pausedUntil: (places: { day: string }) => string;
      pending: string;
      runs: string;
      unknown: (places: { status: string }) => string;
    };
    passNotSaid: string;
    purchaseStays: string;
    spentOfBase: string;
    streak: string;
    tierUnknown: string;
    topUpNext: {
      anyAmount: string;
      anyThreshold: string;
      next: (places: { amount: string; threshold: string }) => string;
    };
  };
  plans: {
    breakEvenAt: (places: { credits: string }) => string;
    breakEvenChart: string;
    breakEvenChartAbout: (places: { price: string }) => string;
    breakEvenChartWithPacks: (places: { credits: string; price: string; smallest: string }) => string;
    breakEvenHere: (places: { credits: string }) => string;
    cheapest: string;
    choice: {
      aMonth: (places: { cost: string }) => string;
      from: (places: { day: string }) => string;
      withOverage: (places: { plan: string }) => string;
      withPacks: (places: { plan: string }) => string;
      withoutOverage: (places: { plan: string }) => string;
      withoutPacks: (places: { plan: string }) => string;
    };
    covers: {
      left: (places: { credits: string; day: string }) => string;
      noLimit: string;
      overage: {
        monthly: (places: { credits: string }) => string;
        once: (places: { credits: string }) => string;
      };
      packs: {
        monthly: (places: { credits: string }) => string;
        once: (places: { credits: string }) => string;
      };
      pauses: (places: { day: string }) => string;
      spare: (places: { credits: string }) => string;
      tooSmall: {
        from: (places: { credits: string; from: string }) => string;
        monthly: (places: { credits: string }) => string;
      };
    };
    coversYou: string;
    models: string;
    modelsAbout: (places: { at: string }) => string;
    modelsListed: (places: { count: number }) => string;
    modelsNotAsked: string;
    monthColumn: string;
    notSaid: string;
    notSold: string;
    option: string;
    options: string;
    ownLimit: (places: { credits: string }) => string;
    ownUnlimited: string;
    question: string;
    recordedHere: (places: { percent: string }) => string;
    replay: string;
    replayAbout: string;
    replayCheapest: (places: { count: number; plan: string }) => string;
    replayTable: string;
    replayWithPacks: (places: { price: string }) => string;
    settled: string;
    statePlan: string;
    table: string;
    tax: {
      named: (places: { named: string }) => string;
      unnamed: string;
    };
    today: string;
    together: string;
    totalBy: (places: { day: string }) => string;
    unsettled: string;
    used: {
      known: (places: { used: string }) => string;
      unknown: string;
    };
    yours: string;
  };
  receipt: {
    allowOverage: string;
    asOf: {
      own: (places: { moment: string; name: string }) => string;
      sample: (places: { moment: string; name: string }) => string;
    };
    avoided: string;
    billOn: (places: { day: string }) => string;
    breakEven: {
      alone: (places: { credits: string; plan: string }) => string;
      pace: (places: { credits: string; pace: string; plan: string; soFar: string }) => string;
      soFar: (places: { credits: string; plan: string; soFar: string }) => string;
    };
    cancelled: string;
    changedThere: string;
    chargeToday: string;
    creditsLeft: string;
    fromTo: (places: { from: string; to: string }) => string;
    later: (places: { day: string; plan: string }) => string;
    less: (places: { amount: string }) => string;
    more: (places: { amount: string }) => string;
    neverBuys: string;
    openKiro: string;
    range: string;
    rangeWithCredit: string;
    record: (places: { plan: string }) => string;
    recordConfirm: (places: { plan: string }) => string;
    recordConsequence: {
      charged: (places: { charge: string }) => string;
      uncharged: string;
    };
    shouldAsk: (places: { total: string }) => string;
    stay: (places: { plan: string }) => string;
    stayWithOverage: (places: { plan: string }) => string;
    stayWithoutOverage: (places: { plan: string }) => string;
    stopOverage: string;
    turnOffToo: string;
    turnOnToo: string;
    untilNext: (places: { day: string; from: string; now: string; then: string; to: string }) => string;
    waitCosts: (places: { costs: string; day: string }) => string;
    waitPauses: (places: { day: string }) => string;
    waitSaves: (places: { day: string; saves: string }) => string;
    waitUnknown: (places: { day: string; now: string; then: string }) => string;
    waiting: {
      higher: (places: { day: string; total: string }) => string;
      lower: (places: { day: string; total: string }) => string;
      same: (places: { day: string }) => string;
    };
  };
  reports: {
    about: string;
    copied: (places: { number: string }) => string;
    copy: string;
    delete: string;
    deleted: (places: { number: string }) => string;
    lies: string;
    noTracker: string;
    none: string;
    notCopied: string;
    open: string;
    report: (places: { at: string; number: string }) => string;
    title: string;
  };
  restoring: {
    about: {
      "data-behind": string;
      "data-damaged": string;
    };
    cases: {
      "data-behind": string;
      "data-busy": string;
      "data-damaged": string;
      "data-foreign": string;
      "data-full": string;
      "data-newer": string;
      "data-no-right": string;
    };
    damagedFiles: (places: { folder: string }) => string;
    goOn: string;
    restore: string;
    restoreReadable: string;
    restored: {
      both: (places: { copy: string; records: string }) => string;
      copied: (places: { moment: string }) => string;
      fresh: string;
      records: (places: { count: number }) => string;
    };
    restoredTitle: string;
    safeMode: string;
  };
  sample: {
    looking: string;
    madeUp: string;
    ofWhom: string;
    open: string;
    title: string;
  };
  seats: {
    active: string;
    email: string;
    limit: string;
    member: string;
    month: (places: { month: string }) => string;
    nobody: string;
    of: (places: { limit: string }) => string;
    paid: {
      paid: (places: { count: number }) => string;
      taken: (places: { count: number; taken: string }) => string;
    };
    roles: {
      admin: string;
      billing_manager: string;
      member: string;
      owner: string;
    };
    seat: string;
    seats: {
      invited: string;
      left: string;
      taken: string;
      "takes-none": string;
      unknown: string;
    };
    today: string;
    unused: (places: { count: number }) => string;
    unusedSaves: (places: { amount: string; count: number }) => string;
  };
  session: {
    allDeleted: string;
    changeRecorded: (places: { plan: string }) => string;
    factsAlready: string;
    factsReplace: (places: { on: string; plan: string }) => string;
    factsSaved: string;
    hidden: {
      hidden: (places: { name: string }) => string;
      shown: (places: { name: string }) => string;
    };
    key: {
      forgotten: string;
      kept: string;
    };
    overageRecorded: {
      off: string;
      on: string;
    };
    poolStated: {
      grant: string;
      pack: string;
    };
    removed: (places: { name: string }) => string;
    renamed: (places: { name: string }) => string;
    restored: (places: { name: string }) => string;
    sinceIsMissing: string;
    takenBack: string;
    teamSaved: string;
  };
  settings: {
    about: string;
    alerts: {
      about: string;
      guard: string;
      guardAbout: string;
      kinds: {
        bonus: string;
        overage: string;
        run_out: string;
        used: string;
      };
      noGuard: string;
      title: string;
    };
    catalog: {
      imported: (places: { day: string; serial: string }) => string;
      own: (places: { day: string; serial: string }) => string;
    };
    checked: (places: { date: string }) => string;
    computesBy: (places: { version: string }) => string;
    data: {
      about: string;
      backUp: string;
      deleteAll: string;
      exportAll: string;
      keepSessionNames: string;
      keepSessionNamesAbout: string;
      title: string;
      where: string;
    };
    everything: string;
    everythingAbout: string;
    import: string;
    importGoesTo: {
      named: (places: { name: string }) => string;
      unnamed: string;
    };
    kiroCommand: (places: { command: string }) => string;
    live: string;
    look: {
      autostart: string;
      closeToTray: string;
      colours: string;
      densities: {
        comfortable: string;
        compact: string;
      };
      density: string;
      hide: string;
      language: string;
      noTray: string;
      numbers: string;
      numbersOfLanguage: string;
      systemLanguage: string;
      themes: {
        dark: string;
        light: string;
        system: string;
      };
      title: string;
      zoom: string;
      zoomed: (places: { percent: string }) => string;
    };
    noSection: string;
    notEndorsed: string;
    organisationFacts: string;
    pauseOnBattery: string;
    removeAbout: string;
    removeSample: string;
    removeSampleAbout: string;
    removeThis: string;
    saveFacts: string;
    search: string;
    sectionsOf: string;
    updated: (places: { date: string }) => string;
    vendors: {
      kilo: {
        ask: string;
        login: (places: { login: string }) => string;
        name: string;
        none: string;
      };
      kiro: {
        ask: string;
        login: (places: { login: string }) => string;
        name: string;
        none: string;
      };
    };
  };
  shortcuts: {
    charts: string;
    close: string;
    done: string;
    help: string;
    hide: string;
    palette: string;
    picture: string;
    refresh: string;
    title: string;
    view: string;
    zoom: string;
  };
  sidebar: {
    accounts: string;
    find: string;
    states: {
      bad: string;
      good: string;
      unknown: string;
      warn: string;
    };
    views: string;
  };
  stated: {
    about: string;
    addGrant: string;
    addPack: string;
    boughtCredits: string;
    boughtOn: string;
    ended: string;
    endsOn: string;
    endsOnAbout: string;
    from: {
      endless: (places: { on: string }) => string;
      until: (places: { ends: string; on: string }) => string;
    };
    gaveWay: string;
    grantedOn: string;
    inCredits: string;
    left: (places: { left: string; of: string }) => string;
    leftUnknown: string;
    name: string;
    nameAbout: string;
    offer: (places: { largest: string; price: string; smallest: string }) => string;
    pack: string;
    paid: string;
    refused: (places: { why: string }) => string;
    state: string;
    takeBack: string;
    title: string;
  };
  team: {
    add: string;
    atRisk: {
      closed: (places: { many: number }) => string;
      running: (places: { many: number }) => string;
    };
    chargeToday: string;
    dunning: {
      closed: (places: { end: string }) => string;
      kept: (places: { end: string }) => string;
    };
    insteadOf: (places: { amount: string }) => string;
    members: string;
    needFacts: string;
    neverBuys: string;
    nextBill: (places: { moment: string }) => string;
    noMembers: string;
    nothingToday: string;
    openKilo: string;
    range: string;
    refused: {
      "data-deleted": string;
      "last-seat": string;
      "members-still-assigned": string;
      other: string;
      suspended: string;
    };
    removeSeats: string;
    seatAdd: (places: { count: number }) => string;
    seatCount: string;
    seatReceipt: string;
    seatRemove: (places: { count: number }) => string;
    seatsAfter: (places: { before: string; count: number }) => string;
    takesEffect: (places: { moment: string }) => string;
    tell: string;
    users: string;
  };
  teamFacts: {
    exempt: string;
    exemptAbout: string;
    failed: string;
    failedAbout: string;
    failedOn: string;
    noPass: string;
    noTax: string;
    noTopUp: string;
    pass: string;
    passAbout: string;
    passChoice: (places: { bonus: string; name: string; price: string }) => string;
    passSince: string;
    price: (places: { count: number; name: string; price: string }) => string;
    quoted: {
      said: (places: { many: number }) => string;
      unsaid: string;
    };
    seatPrice: string;
    seats: string;
    started: string;
    startedAbout: string;
    tax: string;
    taxAbout: string;
    topUp: string;
  };
  teamOverview: {
    autoTopUp: string;
    balance: string;
    dollarsADay: string;
    dollarsByDay: string;
    forSeats: string;
    forSeatsAndPass: string;
    gift: string;
    giftNext: string;
    lastSpending: (places: { day: string }) => string;
    noSpending: string;
    ofCredits: string;
    pass: string;
    passBonus: string;
    passEnds: string;
    passPaid: (places: { day: string }) => string;
    passSpent: string;
    passStated: string;
    passTarget: (places: { spent: string; target: string }) => string;
    passUnlocked: (places: { bonus: string; day: string; unlocked: string }) => string;
    passes: {
      counted: (places: { count: number; name: string; price: string }) => string;
      uncounted: (places: { name: string; price: string }) => string;
    };
    purchase: string;
    purchaseNext: string;
    spentADay: (places: { count: number }) => string;
    spentThisMonth: {
      known: (places: { amount: string }) => string;
      knownBeside: (places: { amount: string; machine: string }) => string;
      unknown: string;
      unknownBeside: (places: { machine: string }) => string;
    };
    topUp: string;
    topUpBy: {
      said: (places: { amount: string; threshold: string }) => string;
      stated: (places: { amount: string; threshold: string }) => string;
    };
    topUpUnknown: string;
    topsUp: string;
    topsUpBy: (places: { amount: string; day: string }) => string;
    topsUpCharges: {
      taxed: (places: { amount: string }) => string;
      untaxed: (places: { amount: string }) => string;
    };
    topsUpMore: {
      none: (places: { day: string }) => string;
      some: (places: { day: string; many: number }) => string;
    };
    until: (places: { amount: string; day: string }) => string;
  };
  time: {
    anHour: string;
    days: (places: { count: number }) => string;
    daysAgo: (places: { count: number }) => string;
    hours: (places: { count: number }) => string;
    hoursAgo: (places: { hours: string }) => string;
    justNow: string;
    lessThanAnHour: string;
    minutesAgo: (places: { minutes: string }) => string;
  };
  topUp: {
    amount: string;
    byItself: string;
    lasts: string;
    title: string;
    unknown: string;
    without: (places: { day: string }) => string;
  };
  tray: {
    cost: (places: { figure: string; name: string }) => string;
    left: (places: { figure: string; name: string }) => string;
    open: string;
    quit: string;
    refresh: string;
    without: (places: { about: string; name: string }) => string;
  };
  trying: {
    aDay: string;
    aMonth: string;
    aMonthValue: (places: { day: string; month: string }) => string;
    addChange: string;
    backToPace: string;
    changes: string;
    charged: (places: { day: string }) => string;
    chart: string;
    chartAbout: string;
    chartEnds: string;
    chartLabel: string;
    chartWords: (places: { credits: string }) => string;
    close: string;
    columnLeft: string;
    export: string;
    extra: string;
    fileNote: string;
    footer: string;
    forget: (places: { name: string }) => string;
    forgotten: (places: { name: string }) => string;
    keepOverage: string;
    keepPlan: string;
    knownFrom: string;
    lasts: (places: { day: string }) => string;
    left: (places: { day: string }) => string;
    leftUnknown: (places: { day: string }) => string;
    mark: (places: { credits: string; plan: string }) => string;
    nextCharge: (places: { moment: string }) => string;
    noChanges: string;
    noNextCharge: string;
    noPace: string;
    noSaved: string;
    noUsage: string;
    on: string;
    open: string;
    openSaved: (places: { name: string }) => string;
    opened: (places: { file: string }) => string;
    overage: string;
    pace: (places: { credits: string }) => string;
    packCredits: string;
    packs: string;
    plan: string;
    remove: string;
    result: string;
    runOutBought: (places: { day: string }) => string;
    runOutCharged: (places: { day: string }) => string;
    runOutPaused: (places: { day: string }) => string;
    save: string;
    saveAs: string;
    saved: string;
    savedNote: (places: { name: string }) => string;
    title: string;
    try: string;
    turnOff: string;
    turnOn: string;
    unknownSince: string;
    unserved: string;
    until: string;
    untilSlider: string;
  };
  usage: {
    aheadDay: (places: { amount: string }) => string;
    aheadLegend: (places: { day: string; total: string; until: string }) => string;
    aheadRange: (places: { high: string; low: string }) => string;
    amountCredits: string;
    amountDollars: string;
    barWords: (places: { amount: string; counted: string }) => string;
    before: (places: { amount: string }) => string;
    beforeLegend: string;
    betweenLegend: string;
    bounds: {
      about: (places: { amount: string }) => string;
      "at-least": (places: { amount: string }) => string;
      "at-most": (places: { amount: string }) => string;
      exactly: (places: { amount: string }) => string;
    };
    boundsWhy: {
      about: string;
      "at-least": string;
      "at-most": string;
      exactly: string;
    };
    by: {
      client: string;
      kind: string;
      model: string;
      project: string;
      session: string;
      user: string;
    };
    chart: string;
    chartLabel: string;
    chosen: string;
    client: string;
    columnBefore: string;
    columnCount: string;
    columnCounted: string;
    columnCredits: string;
    columnDollars: string;
    columnRequests: string;
    columnSince: string;
    columnUnknown: string;
    columns: {
      client: string;
      kind: string;
      model: string;
      project: string;
      session: string;
      user: string;
    };
    computed: string;
    counted: (places: { amount: string }) => string;
    countedAbout: string;
    countedAtLeast: (places: { amount: string }) => string;
    countedBars: string;
    countedOn: (places: { day: string }) => string;
    countedSince: (places: { amount: string; since: string }) => string;
    countedTitle: string;
    creditBars: string;
    dollarBars: string;
    elsewhereMay: string;
    elsewhereOf: (places: { at: string; counted: string; recorded: string }) => string;
    elsewhereShare: (places: { amount: string; share: string }) => string;
    empty: string;
    emptyOf: {
      organisation: string;
      person: string;
      personal: string;
      team: string;
    };
    estimated: (places: { count: number; credits: string }) => string;
    evenLegend: (places: { amount: string }) => string;
    fell: (places: { amount: string }) => string;
    fellInAll: (places: { amount: string }) => string;
    found: (places: { many: number }) => string;
    from: string;
    hour: string;
    hours: string;
    hoursAbout: string;
    importUsage: string;
    kind: string;
    lastDays: (places: { count: number }) => string;
    list: string;
    listReported: string;
    listSpent: string;
    marks: {
      estimated: string;
      metered: string;
      reported: string;
      unknown: string;
    };
    model: string;
    months: string;
    mostIs: {
      alone: (places: { name: string; share: string }) => string;
      requests: (places: { name: string; share: string; tasks: string }) => string;
      tasks: (places: { name: string; share: string; tasks: string }) => string;
    };
    nameless: {
      client: string;
      kind: string;
      model: string;
      project: string;
      session: string;
      user: string;
    };
    next: string;
    noneFound: string;
    notRead: string;
    notSplit: string;
    notSummed: (places: { count: number }) => string;
    nothingThen: string;
    own: string;
    page: (places: { page: string; pages: string }) => string;
    previous: string;
    programs: {
      KIRO_CLI: string;
      KIRO_IDE: string;
      PLUGIN: string;
      kiro: string;
      "kiro-cli": string;
      sample: string;
    };
    purposes: {
      auxiliary: string;
      delegated: string;
      main: string;
      "main-or-delegated": string;
    };
    range: string;
    recordedMore: (places: { amount: string }) => string;
    requests: (places: { count: number }) => string;
    rest: string;
    rows: (places: { count: number }) => string;
    running: {
      cycles: string;
      months: string;
    };
    search: string;
    searchIn: {
      organisation: string;
      person: string;
      personal: string;
      team: string;
    };
    session: string;
    sortBy: (places: { column: string }) => string;
    sources: {
      everyone: string;
      export: string;
      machine: string;
      own: string;
      "own-only": string;
    };
    spentOf: {
      everyone: string;
      export: string;
      machine: string;
      own: string;
      "own-only": string;
    };
    split: string;
    splitBy: {
      client: string;
      kind: string;
      model: string;
      project: string;
      session: string;
      user: string;
    };
    sum: (places: { count: number }) => string;
    table: string;
    tasks: (places: { count: number }) => string;
    to: string;
    toCome: string;
    undo: string;
    undoAll: string;
    unknown: (places: { count: number }) => string;
    unknownRows: (places: { count: number }) => string;
    user: string;
    when: string;
  };
  users: {
    aMonth: (places: { amount: string }) => string;
    about: (places: { amount: string }) => string;
    accounts: (places: { names: string }) => string;
    act: string;
    allUsed: string;
    allowance: string;
    alsoElsewhere: string;
    ascending: string;
    atCap: string;
    atLimit: string;
    atThatPace: string;
    atThisPace: string;
    bar: string;
    billed: (places: { month: string }) => string;
    billedElsewhere: string;
    billedElsewhereWhy: string;
    brief: {
      allUsed: string;
      atCap: string;
      atLimit: string;
      atThatPace: string;
      atThisPace: string;
      inOverage: (places: { credits: string }) => string;
      mostIsUsed: string;
    };
    byTheEnd: (places: { amount: string; high: string; low: string }) => string;
    cap: (places: { most: string }) => string;
    choose: (places: { name: string }) => string;
    chooseAll: (places: { many: number }) => string;
    chosen: (places: { amount: string; many: number; month: string }) => string;
    clear: string;
    copied: string;
    copySteps: string;
    cost: string;
    costAndEnd: (places: { month: string }) => string;
    costIn: (places: { month: string }) => string;
    descending: string;
    endColumn: string;
    found: {
      all: (places: { count: number }) => string;
      some: (places: { all: string; found: string }) => string;
    };
    giveUp: string;
    group: string;
    groups: string;
    id: string;
    idle: string;
    idleByBill: string;
    idleByReadReports: string;
    idleCost: (places: { billed: string; month: string }) => string;
    idleOnReportedDays: string;
    inOverage: (places: { credits: string }) => string;
    inSeveral: string;
    limited: string;
    more: (places: { many: number }) => string;
    mostIsUsed: string;
    move: (places: { from: string; to: string }) => string;
    neverUsed: string;
    noGroup: string;
    nobody: string;
    nobodyTwice: string;
    notCopied: string;
    of: (places: { allowance: string }) => string;
    onlyNotable: string;
    profile: string;
    profiles: (places: { names: string }) => string;
    refundsNothing: string;
    runsOutHead: string;
    saveCsv: string;
    savePdf: string;
    savesColumn: string;
    search: string;
    sortBy: string;
    sortOther: string;
    stepMove: (places: { count: number; tier: string }) => string;
    stepRemove: (places: { count: number }) => string;
    stepsTitle: string;
    table: string;
    tableOf: (places: { title: string }) => string;
    tier: string;
    tileCheaper: string;
    tileIdle: string;
    tileIdleOn: (places: { month: string }) => string;
    tileRanOut: string;
    tileRunsOut: string;
    tileTooLarge: string;
    tileTwice: string;
    tiles: string;
    twice: string;
    unknown: string;
    used: string;
    user: string;
  };
  views: {
    accounts: string;
    invoices: string;
    overview: string;
    plans: string;
    settings: string;
    team: string;
    usage: string;
  };
  why: {
    ago: (places: { age: string; who: string }) => string;
    beyond: string;
    chip: {
      bill: string;
      computed: string;
      estimate: string;
      export: string;
      kilo: string;
      kiro: string;
      "price-list": string;
      reports: string;
      sample: string;
      "this-computer": string;
    };
    chipOpens: (places: { chip: string }) => string;
    estimatedPace: string;
    from: {
      bill: string;
      computed: string;
      estimate: string;
      export: string;
      kilo: string;
      kiro: string;
      "price-list": string;
      reports: string;
      sample: string;
      "this-computer": string;
    };
    left: string;
    pace: string;
    saidAt: (places: { from: string; moment: string }) => string;
    spent: string;
    title: (places: { number: string }) => string;
    upTo: (places: { day: string; who: string }) => string;
  };
}
