import Foundation

/// Long passwords that are tried first by whoever guesses.
enum CommonPasswords {
  /// Whether a password is a common one, or made of too little: the account's name with a tail, one
  /// short piece again and again, or a run along the alphabet, the digits or the keyboard.
  ///
  /// - Complexity: O(characters).
  static func holds(_ password: String, name: String) -> Bool {
    let plain = folded(password)
    if list.contains(plain) || list.contains(core(password)) { return true }
    if Set(plain).count < 5 || repeats(plain) || isRun(plain) { return true }
    return isMostly(plain, folded(name))
      || isMostly(plain, folded(String(name.prefix { $0 != "@" })))
  }

  /// What is left when the few digits and signs that everybody adds at both ends are taken away.
  private static func core(_ password: String) -> String {
    let core = password.trimmingCharacters(in: .letters.inverted)
    return folded(password.count - core.count <= 8 ? core : password)
  }

  /// Small letters, and letters for the digits and signs that stand for them.
  private static func folded(_ text: String) -> String {
    String(text.lowercased().compactMap { $0.isWhitespace ? nil : signs[$0] ?? $0 })
  }

  private static let signs: [Character: Character] = [
    "@": "a", "4": "a", "3": "e", "0": "o", "$": "s", "5": "s", "7": "t", "!": "i",
  ]

  /// Whether a text is one piece of at most four characters again and again.
  private static func repeats(_ text: String) -> Bool {
    let letters = Array(text)
    return (1...4).contains { period in
      letters.indices.dropFirst(period).allSatisfy { letters[$0] == letters[$0 - period] }
    }
  }

  /// Whether a text runs along a row, forwards or backwards, begun anew at most once.
  private static func isRun(_ text: String) -> Bool {
    let rows = [
      "abcdefghijklmnopqrstuvwxyz", "1234567890", "0123456789", "qwertyuiop", "qwertzuiop",
      "asdfghjkl", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm",
      "1q2w3e4r5t6y7u8i9o0p", "qazwsxedcrfvtgbyhnujmikolp", "q1w2e3r4t5y6u7i8o9p0",
    ].map(folded)
    return (rows + rows.map { String($0.reversed()) }).contains { row in
      (row + row).contains(text)
    }
  }

  /// Whether little is left of a text without a word of it.
  private static func isMostly(_ text: String, _ word: String) -> Bool {
    word.count >= 4 && text.contains(word) && text.count - word.count < 6
  }

  /// Common long passwords and the stems that people lengthen, folded as above.
  private static let list: Set<String> = Set(
    """
    abcdefghijkl accessgranted administrator adminadminadmin adminpassword anotherpassword
    applesandoranges areyoukidding asdfghjklasdf autumnautumn backtothefuture badpassword
    barcelonabarcelona basketball basketballer beautifulgirl believeinyourself bestfriends
    blackandwhite blinkonehundred bluebluebluee booksandbooks brooklynnine butterflies butterfly
    callofduty carpediem changeitnow changeme changemechangeme changemenow changemeplease
    changethispassword chelseachelsea chocolatecake chocolatechip christmastree chocolate
    classicpassword companycompany companyname companypassword computer computercomputer
    correcthorse correcthorsebattery correcthorsebatterystaple customerservice darthvader
    deepbluesea default defaultdefault defaultpassword democompany democratic demodemodemo
    demopassword donotchange dragondragon dreambigger enterpassword everything everythingisfine
    everythingwillbeok familyfirst fernandotorres firstpassword flowersflower football footballer
    footballfootball forgetpassword forgotpassword forgotmypassword forgottenpassword forever
    foreveryoung forgetmenot fuckyoufuckyou gameofthrones genericpassword givemeaccess
    godisgood godislove goodmorning goodpassword grandmother grandfather guestguestguest
    guestpassword happybirthday happydays happynewyear harrypotter hellohellohello hellokitty
    helloworld hellothere helloworldhello iamthebest ihatepasswords ihateyou iloveme ilovemydog
    ilovemyfamily ilovemymom ilovemusic ilovepizza iloveyou iloveyouforever iloveyouiloveyou
    iloveyousomuch iloveyoutoo incorrect internet itsasecret jesuschrist jesusislord jesuslovesyou
    justdoit justinbieber keepcalmandcarryon kingofthehill lakersforever leadership letmein
    letmeinletmein letmeinnow letmeinplease lifeisbeautiful lifeisgood linkedin linkedinlinkedin
    liverpoolfc livelaughlove londonlondon longpassword lordoftherings loveislove lovelovelove
    loveyouforever mainpassword makemoney manchester manchestercity manchesterunited marketing
    marketingteam marketingmarketing masterkey masterpassword masterpiece maytheforcebewithyou
    metallica michaeljackson michaeljordan microsoft mischiefmanaged monkeymonkey mountaindew
    mypassword mypasswordis mynewpassword mysecretpassword nevergiveup neverguess newaccount
    newpassword newyorkcity newyorkyankees nopassword nopasswordhere nothing nothingtosee notapassword
    oldpassword onetwothree onetwothreefour opensesame parisparis passphrase passw passwd
    passwdpasswd passwordadmin passwort passwortpasswort passpass passpasspass password
    passwordforever passwordispassword passwordone passwordpassword passwordtest passworldpassword
    peanutbutter photography pleasechange pleasechangeme pleaseletmein plumbline plumblineadmin
    plumblineplumbline pokemongo princess princessprincess professional programmer qwerty
    qwertyqwerty qwertypassword qwertyuiop rememberme rememberthis revenueoperations rockandroll
    rootrootroot rootpassword salesforce salesforcesales salesmarketing salespassword salesteam
    samsunggalaxy secret secretpassword secretsecret secretword secure securepassword security
    securitypassword sesame shadowshadow silversurfer snoopdogg somethingelse spiderman springspring
    standardpassword starwars strongpassword summersummer sunflower sunshine sunshinesunshine
    superadmin superman supermansuperman supersecret superpassword superuser sweethome swordfish
    systemadministrator systemadmin systempassword tennistennis temporary temporarypassword
    testaccount testing testingtesting testpassword testtesttest testuser thebeatles
    theanswerisfortytwo theforce thegodfather thelordoftherings thequickbrownfox thisisapassword
    thisismypassword thisisnotapassword thisisasecret threelittlepigs toomanysecrets topsecret
    trustno trustnoone tryagain twothousand undertaker universal unknown useruseruser username
    userpassword victoria victoriasecret volleyball warcraft welcome welcomehome welcomeback
    welcometothejungle welcomewelcome whatever whateverwhatever whatisthis whatsmypassword
    windowswindows winteriscoming winterwinter wonderful wordpass worldofwarcraft writeitdown
    yankees yellowsubmarine youcanttouchthis youshallnotpass yourmother yourpassword zaqwsxcde
    """.split { $0.isWhitespace }.map { folded(String($0)) }
  )
}
